package replay_test

import (
	"github.com/revocheck/revocheck/reference/internal/trial"
)

var carrierObservations = map[string]trial.Sound{
	"query-token-unchecked": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		live := g.Send(0, "GET", "/api/hello?access_token="+raw, "").Code
		g.MustLogout(raw)
		return live == 200 && g.Send(0, "GET", "/api/hello?access_token="+raw, "").Code == 401
	},
	"form-token-unchecked": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		form := trial.Header("Content-Type", "application/x-www-form-urlencoded")
		live := g.Send(0, "POST", "/api/hello", "jwt="+raw, form).Code
		g.MustLogout(raw)
		return live == 200 && g.Send(0, "POST", "/api/hello", "jwt="+raw, form).Code == 401
	},
	"cookie-token-unchecked": func(g *trial.Gateway) bool {
		raw := g.Login("alice")
		live := g.Send(0, "GET", "/api/hello", "", trial.Header("Cookie", "token="+raw)).Code
		g.MustLogout(raw)
		return live == 200 && g.Send(0, "GET", "/api/hello", "", trial.Header("Cookie", "token="+raw)).Code == 401
	},
	"header-token-unchecked": func(g *trial.Gateway) bool {
		return g.Send(0, "GET", "/api/hello", "", trial.Header("X-Access-Token", g.Dead("alice"))).Code == 401
	},
	"websocket-protocol-unchecked": func(g *trial.Gateway) bool {
		return g.Send(0, "GET", "/api/hello", "", trial.Header("Sec-WebSocket-Protocol", "bearer, "+g.Dead("alice"))).Code == 401
	},
	"cookie-chunks-unchecked": func(g *trial.Gateway) bool {
		raw := g.Dead("alice")
		return g.Send(0, "GET", "/api/hello", "", trial.Header("Cookie", "token.0="+raw[:9]+"; token.1="+raw[9:])).Code == 401
	},
	"checks-one-serves-other": func(g *trial.Gateway) bool {
		live, dead := g.Login("bob"), g.Dead("alice")
		return trial.Subject(g.Send(0, "GET", "/api/hello?access_token="+dead, "", trial.Bearing(live))) != "alice"
	},
}
