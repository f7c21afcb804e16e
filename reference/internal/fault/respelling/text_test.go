package respelling_test

import (
	"strings"

	"github.com/revocheck/revocheck/fixtures/attack/spelling"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var textObservations = map[string]trial.Sound{
	"whitespace-spelling-unchecked": func(g *trial.Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer  " + raw }) &&
			stillRefused(g, func(raw string) string { return "Bearer " + strings.Replace(raw, ".", ". ", 1) })
	},
	"junk-in-token-ignored": func(g *trial.Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer " + raw + "!!" })
	},
	"extra-segment-ignored": func(g *trial.Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer " + raw + ".x" })
	},
	"escaped-token-accepted": func(g *trial.Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer " + strings.Replace(raw, ".", "%2e", 1) })
	},
	"json-serialization-accepted": func(g *trial.Gateway) bool { return stillRefused(g, respelledAs(spelling.FamilyJSONSerialization)) },
}

// respelledAs is the first spelling of a family, where there is one.
func respelledAs(family spelling.Family) func(raw string) string {
	return func(raw string) string {
		for _, s := range spelling.Of(raw, family) {
			return s.Lines()[0]
		}
		return ""
	}
}
