package replay_test

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/trial"
)

var headerObservations = map[string]trial.Sound{
	"inside-header-unchecked":                 refusedFor("GET", "/api/hello", trial.Header("X-Forwarded-For", "127.0.0.1")),
	"inside-header-unchecked-on-second-route": refusedFor("POST", "/api/orders", trial.Header("X-Forwarded-For", "127.0.0.1")),
	"answer-kept-by-key": func(g *trial.Gateway) bool {
		raw, key := g.Login("alice"), trial.Header("Idempotency-Key", "k")
		live := g.Send(0, "POST", "/api/orders", "{}", trial.Bearing(raw), key).Code
		g.MustLogout(raw)
		return live == http.StatusOK && g.Send(0, "POST", "/api/orders", "{}", trial.Bearing(raw), key).Code == 401
	},
	"xml-unchecked":                  refusedFor("GET", "/api/hello", trial.Header("Accept", "application/xml")),
	"malformed-media-type-unchecked": refusedFor("POST", "/api/hello", trial.Header("Content-Type", ";;;")),
	"other-tenant-unchecked":         refusedFor("GET", "/api/hello", trial.Header("X-Tenant-Id", "other")),
	"routed-by-header": func(g *trial.Gateway) bool {
		return trial.Subject(g.Send(0, "GET", "/public", "", trial.Bearing(g.Dead("alice")), trial.Header("X-Original-URL", "/api/hello"))) == ""
	},
	"compressed-body-unchecked": refusedFor("POST", "/api/hello", trial.Header("Content-Encoding", "gzip")),
}
