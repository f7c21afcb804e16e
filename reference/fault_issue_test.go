package reference

import (
	"net/http"
	"strings"
	"testing"
)

var issueObservations = map[string]sound{
	"issues-unsigned-tokens": func(g *rig) bool { return !strings.HasSuffix(g.login("alice"), ".") },
	"login-exchanges-any-token": func(g *rig) bool {
		return g.send(0, "POST", "/login", "{}", bearing(g.dead("alice"))).Code != http.StatusOK
	},
	"bound-to-connection": func(g *rig) bool {
		raw := g.login("alice")
		return g.call(raw, from("192.0.2.1:1")) == http.StatusOK && g.call(raw, from("192.0.2.1:2")) == http.StatusOK
	},
}

func TestUnsignedIssuerStillAsksForThePassword(t *testing.T) {
	g := newRig(t, Config{Fault: "issues-unsigned-tokens"})
	if got := g.send(0, "POST", "/login", `{"user":"alice","password":"wrong"}`).Code; got != http.StatusUnauthorized {
		t.Errorf("a wrong password is answered %d", got)
	}
}
