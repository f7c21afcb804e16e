package respelling_test

import (
	"github.com/revocheck/revocheck/fixtures/attack/spelling"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var signatureObservations = map[string]trial.Sound{
	"truncated-signature-accepted": func(g *trial.Gateway) bool {
		return stillRefused(g, func(raw string) string { return "Bearer " + raw[:len(raw)-3] })
	},
	"ecdsa-der-accepted":  func(g *trial.Gateway) bool { return stillRefused(g, respelledAs(spelling.FamilyECDSADER)) },
	"eddsa-twin-accepted": func(g *trial.Gateway) bool { return stillRefused(g, respelledAs(spelling.FamilyEdDSATwin)) },
}
