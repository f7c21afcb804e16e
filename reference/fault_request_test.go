package reference

import (
	"net/http"
	"strings"
)

var requestObservations = map[string]sound{
	"bad-query-unchecked":                     refusedFor("GET", "/api/hello?%zz"),
	"debug-query-unchecked":                   refusedFor("GET", "/api/hello?debug=1"),
	"inside-header-unchecked-on-second-route": refusedFor("POST", "/api/orders", header("X-Forwarded-For", "127.0.0.1")),
	"xml-unchecked":                           refusedFor("GET", "/api/hello", header("Accept", "application/xml")),
	"compressed-body-unchecked":               refusedFor("POST", "/api/hello", header("Content-Encoding", "gzip")),
	"malformed-media-type-unchecked":          refusedFor("POST", "/api/hello", header("Content-Type", ";;;")),
	"other-tenant-unchecked":                  refusedFor("GET", "/api/hello", header("X-Tenant-Id", "other")),
	"many-parameters-unchecked":               refusedFor("GET", "/api/hello?"+strings.Repeat("a=1&", 100)),
	"websocket-protocol-unchecked": func(g *rig) bool {
		return g.send(0, "GET", "/api/hello", "", header("Sec-WebSocket-Protocol", "bearer, "+g.dead("alice"))).Code == 401
	},
	"cookie-chunks-unchecked": func(g *rig) bool {
		raw := g.dead("alice")
		return g.send(0, "GET", "/api/hello", "", header("Cookie", "token.0="+raw[:9]+"; token.1="+raw[9:])).Code == 401
	},
	"answer-kept-by-key": func(g *rig) bool {
		raw, key := g.login("alice"), header("Idempotency-Key", "k")
		live := g.send(0, "POST", "/api/orders", "{}", bearing(raw), key).Code
		g.kill(raw)
		return live == http.StatusOK && g.send(0, "POST", "/api/orders", "{}", bearing(raw), key).Code == 401
	},
	"routed-by-header": func(g *rig) bool {
		return subject(g.send(0, "GET", "/public", "", bearing(g.dead("alice")), header("X-Original-URL", "/api/hello"))) == ""
	},
}
