package reference

import (
	"net/http"
	"strings"
	"time"
)

// diesAtLogout: the plain replay, which most faults of a logout fail.
func diesAtLogout(g *Gateway) bool { return g.Call(g.Dead("alice")) == 401 }

var lifecycleObservations = map[string]Sound{
	"logout-does-nothing": diesAtLogout,
	"logout-lost-every-third": func(g *Gateway) bool {
		for range 3 {
			if !diesAtLogout(g) {
				return false
			}
		}
		return true
	},
	"ack-before-write": func(g *Gateway) bool {
		raw := g.Dead("alice")
		first := g.Call(raw)
		g.Wait(100 * time.Millisecond)
		return first == 401 && g.Call(raw) == 401
	},
	"negative-cache": deadThoughJustAccepted,
	"positive-cache-5s": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.Call(raw)
		g.MustLogout(raw)
		g.Wait(4 * time.Second)
		return g.Call(raw) == 401
	},
	"no-token-accepted": func(g *Gateway) bool { return g.Send(0, "GET", "/api/hello", "").Code == 401 },
	"signature-not-checked": func(g *Gateway) bool {
		raw := g.Login("alice")
		dot := strings.LastIndexByte(raw, '.')
		return g.Call(raw[:dot+5]+flip(raw[dot+5])+raw[dot+6:]) == 401
	},
	"login-refuses-dead-token": func(g *Gateway) bool {
		w := g.Send(0, "POST", "/login", `{"user":"alice","password":"correct-horse"}`, Bearing(g.Dead("alice")))
		return w.Code == 200
	},
	"open-route-checks-token": func(g *Gateway) bool {
		return g.Send(0, "GET", "/public", "", Bearing(g.Dead("alice"))).Code == 200
	},
	"open-route-greets-dead-token": func(g *Gateway) bool {
		body := g.Send(0, "GET", "/public", "", Bearing(g.Dead("alice"))).Body.String()
		return !strings.Contains(body, "alice")
	},
	"wrong-subject-served": func(g *Gateway) bool {
		g.Call(g.Login("alice"))
		return Subject(g.Send(0, "GET", "/api/hello", "", Bearing(g.Login("bob")))) == "bob"
	},
	"cut-off-in-future":        func(g *Gateway) bool { g.Dead("alice"); return g.Call(g.Login("alice")) == 200 },
	"young-token-not-revoked":  diesAtLogout,
	"logout-without-token-500": func(g *Gateway) bool { return g.Send(0, "POST", "/logout", "").Code < 500 },
	"logout-expired-token-500": func(g *Gateway) bool { raw := g.Login("alice"); g.Expire(raw); return g.Logout(raw) < 500 },
	"second-logout-500":        func(g *Gateway) bool { return g.Logout(g.Dead("alice")) < 500 },
	"second-logout-revives":    func(g *Gateway) bool { raw := g.Dead("alice"); g.Logout(raw); return g.Call(raw) == 401 },
	"session-fixated-logout": func(g *Gateway) bool {
		raw, newer := g.Login("alice"), g.Login("alice")
		g.MustLogout(raw)
		return g.Call(raw) == 401 && g.Call(newer) == 200
	},

	"exp-not-checked":  func(g *Gateway) bool { raw := g.Login("alice"); g.Expire(raw); return g.Call(raw) == 401 },
	"exp-text-ignored": func(g *Gateway) bool { return g.Call(g.MustMint(map[string]any{"exp": "1"}, nil)) == 401 },
	"expires-early":    func(g *Gateway) bool { raw := g.Login("alice"); g.Wait(59 * time.Minute); return g.Call(raw) == 200 },
	"nbf-not-checked": func(g *Gateway) bool {
		return g.Call(g.MustMint(map[string]any{"nbf": g.Clock.Now().Unix() + 60}, nil)) == 401
	},
	"iat-future-escapes": func(g *Gateway) bool {
		raw := g.MustMint(map[string]any{"iat": g.Clock.Now().Unix() + 60}, nil)
		accepted := g.Call(raw)
		g.MustLogout(raw)
		return accepted == 200 && g.Call(raw) == 401
	},
}

func deadThoughJustAccepted(g *Gateway) bool {
	raw := g.Login("alice")
	accepted := g.Call(raw)
	g.MustLogout(raw)
	return accepted == http.StatusOK && g.Call(raw) == http.StatusUnauthorized
}

// flip is another letter of the base64url alphabet.
func flip(letter byte) string {
	if letter == 'A' {
		return "B"
	}
	return "A"
}
