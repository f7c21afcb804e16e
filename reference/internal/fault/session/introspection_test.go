package session_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var introspections = map[string]trial.Sound{
	"introspection-goes-by-exp": func(g *trial.Gateway) bool { return !active(g, 0, g.Dead("alice")) },
	"introspection-kept-too-long": func(g *trial.Gateway) bool {
		return endsFor(g, 0, g.Config().IntrospectionWindow)
	},
	"introspection-kept-by-replica": func(g *trial.Gateway) bool { return endsFor(g, 1, 0) },
	"introspection-spares-check": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		known := active(g, 0, raw)
		g.MustLogout(raw)
		return known && g.Call(raw) == 401
	},
	"introspection-by-user": func(g *trial.Gateway) bool {
		g.MustLogout(g.Login("alice"))
		return active(g, 0, g.Login("alice")) && active(g, 0, g.Login("bob"))
	},
	"introspection-takes-forged": func(g *trial.Gateway) bool {
		parts := strings.Split(g.Login("alice"), ".")
		return !active(g, 0, parts[0]+"."+parts[1]+"."+strings.Repeat("A", len(parts[2])))
	},
	"introspection-outlives-exp": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		g.Expire(raw)
		return !active(g, 0, raw)
	},
}

// endsFor reports whether a replica calls a token active before its logout at the
// first one, and not when the window has passed.
func endsFor(g *trial.Gateway, replica int, window time.Duration) bool {
	raw := g.Login("alice")
	before := active(g, replica, raw)
	g.MustLogout(raw)
	g.Wait(window)
	return before && !active(g, replica, raw)
}

// active reports whether a replica's introspection calls a token active.
func active(g *trial.Gateway, replica int, raw string) bool {
	g.T.Helper()
	w := g.Send(replica, http.MethodPost, gateway.IntrospectionPath, url.Values{"token": {raw}}.Encode(),
		trial.Header("Content-Type", "application/x-www-form-urlencoded"),
		func(r *http.Request) { r.SetBasicAuth(gateway.IntrospectionClient, gateway.IntrospectionSecret) })
	var said struct {
		Active *bool `json:"active"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &said); err != nil || w.Code != http.StatusOK || said.Active == nil {
		g.T.Fatalf("introspection: %d %q", w.Code, w.Body)
	}
	return *said.Active
}
