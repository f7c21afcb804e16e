package lifecycle_test

import (
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var credentialObservations = map[string]trial.Sound{
	"no-token-accepted":     func(g *trial.Gateway) bool { return g.Send(0, "GET", "/api/hello", "").Code == 401 },
	"delete-needs-no-token": func(g *trial.Gateway) bool { return g.Send(0, "DELETE", "/api/hello", "").Code == 401 },
	"signature-not-checked": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		dot := strings.LastIndexByte(raw, '.')
		return g.Call(raw[:dot+5]+flip(raw[dot+5])+raw[dot+6:]) == 401
	},
	"bound-to-connection": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		return g.Call(raw, trial.From("192.0.2.1:1")) == http.StatusOK && g.Call(raw, trial.From("192.0.2.1:2")) == http.StatusOK
	},
}

// flip is another letter of the base64url alphabet.
func flip(letter byte) string {
	if letter == 'A' {
		return "B"
	}
	return "A"
}
