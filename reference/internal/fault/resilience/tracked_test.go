package resilience_test

import "github.com/revocheck/revocheck/reference/internal/trial"

var trackedObservations = map[string]trial.Sound{
	"tracked-cache-survives-connection": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		before := g.Elsewhere(raw)
		g.Must(g.PartitionStore(1))
		g.MustLogout(raw)
		g.Must(g.MendStore())
		return before == 200 && g.Elsewhere(raw) == 401
	},
}
