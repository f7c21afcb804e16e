package reference

import (
	"net/http"
	"strings"
)

var requestObservations = map[string]Sound{
	"bad-query-unchecked":                     refusedFor("GET", "/api/hello?%zz"),
	"debug-query-unchecked":                   refusedFor("GET", "/api/hello?debug=1"),
	"inside-header-unchecked-on-second-route": refusedFor("POST", "/api/orders", Header("X-Forwarded-For", "127.0.0.1")),
	"xml-unchecked":                           refusedFor("GET", "/api/hello", Header("Accept", "application/xml")),
	"compressed-body-unchecked":               refusedFor("POST", "/api/hello", Header("Content-Encoding", "gzip")),
	"malformed-media-type-unchecked":          refusedFor("POST", "/api/hello", Header("Content-Type", ";;;")),
	"other-tenant-unchecked":                  refusedFor("GET", "/api/hello", Header("X-Tenant-Id", "other")),
	"many-parameters-unchecked":               refusedFor("GET", "/api/hello?"+strings.Repeat("a=1&", 100)),
	"websocket-protocol-unchecked": func(g *Gateway) bool {
		return g.Send(0, "GET", "/api/hello", "", Header("Sec-WebSocket-Protocol", "bearer, "+g.Dead("alice"))).Code == 401
	},
	"cookie-chunks-unchecked": func(g *Gateway) bool {
		raw := g.Dead("alice")
		return g.Send(0, "GET", "/api/hello", "", Header("Cookie", "token.0="+raw[:9]+"; token.1="+raw[9:])).Code == 401
	},
	"answer-kept-by-key": func(g *Gateway) bool {
		raw, key := g.Login("alice"), Header("Idempotency-Key", "k")
		live := g.Send(0, "POST", "/api/orders", "{}", Bearing(raw), key).Code
		g.MustLogout(raw)
		return live == http.StatusOK && g.Send(0, "POST", "/api/orders", "{}", Bearing(raw), key).Code == 401
	},
	"routed-by-header": func(g *Gateway) bool {
		return Subject(g.Send(0, "GET", "/public", "", Bearing(g.Dead("alice")), Header("X-Original-URL", "/api/hello"))) == ""
	},
}
