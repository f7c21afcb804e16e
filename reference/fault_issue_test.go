package reference

import (
	"net/http"
	"strings"
	"testing"
)

var issueObservations = map[string]Sound{
	"issues-unsigned-tokens": func(g *Gateway) bool { return !strings.HasSuffix(g.Login("alice"), ".") },
	"login-exchanges-any-token": func(g *Gateway) bool {
		return g.Send(0, "POST", "/login", "{}", Bearing(g.Dead("alice"))).Code != http.StatusOK
	},
	"bound-to-connection": func(g *Gateway) bool {
		raw := g.Login("alice")
		return g.Call(raw, From("192.0.2.1:1")) == http.StatusOK && g.Call(raw, From("192.0.2.1:2")) == http.StatusOK
	},
}

func TestUnsignedIssuerStillAsksForThePassword(t *testing.T) {
	g := New(t, Config{Fault: "issues-unsigned-tokens"})
	if got := g.Send(0, "POST", "/login", `{"user":"alice","password":"wrong"}`).Code; got != http.StatusUnauthorized {
		t.Errorf("a wrong password is answered %d", got)
	}
}
