package lifecycle_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var loginObservations = map[string]trial.Sound{
	"issues-unsigned-tokens": func(g *trial.Gateway) bool { return !strings.HasSuffix(g.Login("alice"), ".") },
	"login-refuses-dead-token": func(g *trial.Gateway) bool {
		w := g.Send(0, "POST", "/login", `{"user":"alice","password":"correct-horse"}`, trial.Bearing(g.Dead("alice")))
		return w.Code == 200
	},
	"cut-off-in-future": func(g *trial.Gateway) bool { g.Dead("alice"); return g.Call(g.Login("alice")) == 200 },
	"open-route-checks-token": func(g *trial.Gateway) bool {
		return g.Send(0, "GET", "/public", "", trial.Bearing(g.Dead("alice"))).Code == 200
	},
}

func TestUnsignedIssuerStillAsksForThePassword(t *testing.T) {
	g := trial.New(t, reference.Config{Fault: "issues-unsigned-tokens"})
	if got := g.Send(0, "POST", "/login", `{"user":"alice","password":"wrong"}`).Code; got != http.StatusUnauthorized {
		t.Errorf("a wrong password is answered %d", got)
	}
}
