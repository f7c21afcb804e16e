package replay_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var routeObservations = map[string]trial.Sound{
	"get-unchecked":             refusedFor("GET", "/api/hello"),
	"head-unchecked":            refusedFor("HEAD", "/api/hello"),
	"options-unchecked":         refusedFor("OPTIONS", "/api/hello"),
	"unusual-method-unchecked":  refusedFor("PROPFIND", "/api/hello"),
	"second-route-unchecked":    refusedFor("GET", "/api/orders"),
	"method-override-unchecked": refusedFor("POST", "/api/hello", trial.Header("X-HTTP-Method-Override", "GET")),
}

func refusedFor(method, target string, edits ...trial.Edit) trial.Sound {
	return func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		return g.Send(0, method, target, "", append(edits[:len(edits):len(edits)], trial.Bearing(raw))...).Code == 401
	}
}
