package reference

import (
	"net/http"
	"strings"
	"time"
)

// diesAtLogout: the plain replay, which most faults of a logout fail.
func diesAtLogout(g *rig) bool { return g.call(g.dead("alice")) == 401 }

var lifecycleObservations = map[string]sound{
	"logout-does-nothing": diesAtLogout,
	"logout-lost-every-third": func(g *rig) bool {
		for range 3 {
			if !diesAtLogout(g) {
				return false
			}
		}
		return true
	},
	"ack-before-write": func(g *rig) bool {
		raw := g.dead("alice")
		first := g.call(raw)
		g.wait(100 * time.Millisecond)
		return first == 401 && g.call(raw) == 401
	},
	"negative-cache": deadThoughJustAccepted,
	"positive-cache-5s": func(g *rig) bool {
		raw := g.login("alice")
		g.call(raw)
		g.kill(raw)
		g.wait(4 * time.Second)
		return g.call(raw) == 401
	},
	"no-token-accepted": func(g *rig) bool { return g.send(0, "GET", "/api/hello", "").Code == 401 },
	"signature-not-checked": func(g *rig) bool {
		raw := g.login("alice")
		dot := strings.LastIndexByte(raw, '.')
		return g.call(raw[:dot+5]+flip(raw[dot+5])+raw[dot+6:]) == 401
	},
	"login-refuses-dead-token": func(g *rig) bool {
		w := g.send(0, "POST", "/login", `{"user":"alice","password":"correct-horse"}`, bearing(g.dead("alice")))
		return w.Code == 200
	},
	"open-route-checks-token": func(g *rig) bool {
		return g.send(0, "GET", "/public", "", bearing(g.dead("alice"))).Code == 200
	},
	"open-route-greets-dead-token": func(g *rig) bool {
		body := g.send(0, "GET", "/public", "", bearing(g.dead("alice"))).Body.String()
		return !strings.Contains(body, "alice")
	},
	"wrong-subject-served": func(g *rig) bool {
		g.call(g.login("alice"))
		return subject(g.send(0, "GET", "/api/hello", "", bearing(g.login("bob")))) == "bob"
	},
	"cut-off-in-future":        func(g *rig) bool { g.dead("alice"); return g.call(g.login("alice")) == 200 },
	"young-token-not-revoked":  diesAtLogout,
	"logout-without-token-500": func(g *rig) bool { return g.send(0, "POST", "/logout", "").Code < 500 },
	"logout-expired-token-500": func(g *rig) bool { raw := g.login("alice"); g.expire(raw); return g.logout(raw) < 500 },
	"second-logout-500":        func(g *rig) bool { return g.logout(g.dead("alice")) < 500 },
	"second-logout-revives":    func(g *rig) bool { raw := g.dead("alice"); g.logout(raw); return g.call(raw) == 401 },
	"session-fixated-logout": func(g *rig) bool {
		raw, newer := g.login("alice"), g.login("alice")
		g.kill(raw)
		return g.call(raw) == 401 && g.call(newer) == 200
	},

	"exp-not-checked":  func(g *rig) bool { raw := g.login("alice"); g.expire(raw); return g.call(raw) == 401 },
	"exp-text-ignored": func(g *rig) bool { return g.call(g.mint(map[string]any{"exp": "1"}, nil)) == 401 },
	"expires-early":    func(g *rig) bool { raw := g.login("alice"); g.wait(59 * time.Minute); return g.call(raw) == 200 },
	"nbf-not-checked": func(g *rig) bool {
		return g.call(g.mint(map[string]any{"nbf": g.clock.Now().Unix() + 60}, nil)) == 401
	},
	"iat-future-escapes": func(g *rig) bool {
		raw := g.mint(map[string]any{"iat": g.clock.Now().Unix() + 60}, nil)
		accepted := g.call(raw)
		g.kill(raw)
		return accepted == 200 && g.call(raw) == 401
	},
}

func deadThoughJustAccepted(g *rig) bool {
	raw := g.login("alice")
	accepted := g.call(raw)
	g.kill(raw)
	return accepted == http.StatusOK && g.call(raw) == http.StatusUnauthorized
}

// flip is another letter of the base64url alphabet.
func flip(letter byte) string {
	if letter == 'A' {
		return "B"
	}
	return "A"
}
