package respelling_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var schemeObservations = map[string]trial.Sound{
	"other-scheme-unchecked": func(g *trial.Gateway) bool { return stillRefused(g, func(raw string) string { return "Token " + raw }) },
	"sloppy-scheme-unchecked": func(g *trial.Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer: " + raw })
	},
}

// stillRefused: a spelling that need not be accepted must not revive.
func stillRefused(g *trial.Gateway, spell func(string) string) bool {
	raw := g.Dead("alice")
	return g.Send(0, "GET", "/api/hello", "", trial.Header("Authorization", spell(raw))).Code != 200
}
