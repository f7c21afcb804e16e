package isolation_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var otherUserObservations = map[string]trial.Sound{
	"logout-ends-everyone": func(g *trial.Gateway) bool {
		bob := g.Login("bob")
		g.Dead("alice")
		return g.Call(bob) == 200
	},
	"wrong-subject-served": func(g *trial.Gateway) bool {
		g.Call(g.Login("alice"))
		return trial.Subject(g.Send(0, "GET", "/api/hello", "", trial.Bearing(g.Login("bob")))) == "bob"
	},
}
