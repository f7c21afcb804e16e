package resilience_test

import (
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var lostObservations = map[string]trial.Sound{
	"volatile-store":             losesNothing((*reference.Deployment).RestartStore),
	"restart-loses-revocations":  losesNothing((*reference.Deployment).RestartStore),
	"failover-loses-revocations": losesNothing((*reference.Deployment).FailOverStore),
	"evicts-when-full":           losesNothing((*reference.Deployment).FillStore),
}

func losesNothing(harm func(*reference.Deployment) error) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		g.Must(harm(g.Deployment))
		return g.Call(raw) == 401
	}
}
