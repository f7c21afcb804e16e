package concurrency_test

import (
	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var twoUserObservations = map[string]trial.Sound{
	"user-kept-in-common": func(g *trial.Gateway) bool {
		tokens := map[string]string{"alice": g.Login("alice"), "bob": g.Login("bob")}
		right := &fault.Notes[int]{}
		g.AtOnce(8, func(i int) {
			user := []string{"alice", "bob"}[i%2]
			if trial.Subject(g.Send(0, "GET", "/api/hello", "", trial.Bearing(tokens[user]))) == user {
				fault.Count(right, "")
			}
		})
		return right.Get("") == 8
	},
}
