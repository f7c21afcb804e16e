package reference

import (
	"time"
)

var retentionObservations = map[string]sound{
	"ttl-60s":             deadAt(3600, 61*time.Second),
	"ttl-300s":            deadAt(3600, 301*time.Second),
	"ttl-half-life":       deadAt(3600, 31*time.Minute),
	"ttl-ignores-leeway":  deadAt(60, 63*time.Second),
	"ttl-32-bit":          deadAt(30*86400, time.Hour),
	"ttl-of-days-dropped": deadAt(86400, time.Hour),
	"ttl-64-bit": func(g *rig) bool {
		raw := g.mint(map[string]any{"exp": g.clock.Now().Unix() + 1000*365*86400}, nil)
		g.kill(raw)
		return g.call(raw) == 401
	},
	"ttl-drops-near-expiry":   deadWithLeft(4 * time.Second),
	"ttl-rounds-down-to-zero": deadWithLeft(10 * time.Second),
	"no-exp-not-stored": func(g *rig) bool {
		raw := g.mint(map[string]any{"exp": nil}, nil)
		live := g.call(raw)
		g.kill(raw)
		g.wait(24 * time.Hour)
		return live == 200 && g.call(raw) == 401
	},
	"entry-never-dropped": func(g *rig) bool {
		g.deadFor("alice", 60)
		g.wait(time.Hour)
		n, err := g.StoreSize(g.t.Context())
		return n == 0 && err == nil
	},
	"lru-1000": func(g *rig) bool {
		first := g.dead("alice")
		for range 1000 {
			g.dead("bob")
		}
		return g.call(first) == 401
	},
	"refused-call-refreshes-entry": deadAt(3600, 61*time.Second),
	"refused-call-shortens-entry": func(g *rig) bool {
		raw := g.dead("alice")
		g.call(raw)
		g.wait(61 * time.Second)
		return g.call(raw) == 401
	},
}

// deadAt: a token with the life is still refused some time after its logout.
func deadAt(life int, after time.Duration) sound {
	return func(g *rig) bool {
		raw := g.deadFor("alice", life)
		g.wait(after)
		return g.call(raw) == 401
	}
}

// deadWithLeft: a logout counts with so much of the token's life left.
func deadWithLeft(left time.Duration) sound {
	return func(g *rig) bool {
		raw := g.loginFor("alice", 60)
		g.wait(time.Minute - left)
		g.kill(raw)
		return g.call(raw) == 401
	}
}

var isolationObservations = map[string]sound{
	"logout-ends-everyone": func(g *rig) bool {
		bob := g.login("bob")
		g.dead("alice")
		return g.call(bob) == 200
	},
	"logout-ends-siblings": func(g *rig) bool {
		sibling := g.login("alice")
		g.dead("alice")
		return g.call(sibling) == 200
	},
	"key-sub-iat-second": func(g *rig) bool {
		iat := g.clock.Now().Unix()
		one, two := g.mint(map[string]any{"iat": iat}, nil), g.mint(map[string]any{"iat": iat}, nil)
		g.kill(one)
		return g.call(two) == 200
	},
	"odd-jti-unchecked": func(g *rig) bool {
		raw := g.mint(map[string]any{"jti": 7}, nil)
		g.logout(raw)
		return g.call(raw) == 401
	},
	"narrow-claims-unchecked": endsMinted(map[string]any{"aud": []string{Audience, "another-api"}}, nil),
	"other-typ-unchecked":     endsMinted(nil, map[string]any{"typ": "at+jwt"}),
	"undated-token-unchecked": endsMinted(map[string]any{"iat": nil}, nil),
	"jti-case-folded": func(g *rig) bool {
		upper := g.mint(map[string]any{"jti": "ONE"}, nil)
		g.logout(g.mint(map[string]any{"jti": "one"}, nil))
		return g.call(upper) == 200
	},
	"neighbour-jti":          servesFresh(1, 300),
	"over-block-one-percent": servesFresh(0, 200),
	"empty-key": func(g *rig) bool {
		g.send(0, "POST", "/logout", "")
		return g.send(0, "GET", "/public", "").Code == 200
	},
	"cut-off-not-latest": func(g *rig) bool {
		old := g.dead("alice")
		newer := g.dead("alice")
		g.logout(old)
		return g.call(newer) == 401
	},
}

// endsMinted: a token of that make is accepted until its logout.
func endsMinted(claims, header map[string]any) sound {
	return func(g *rig) bool {
		raw := g.mint(claims, header)
		live := g.call(raw)
		g.kill(raw)
		return live == 200 && g.call(raw) == 401
	}
}

// servesFresh: after some logouts every fresh token is served.
func servesFresh(logouts, tokens int) sound {
	return func(g *rig) bool {
		for range logouts {
			g.dead("alice")
		}
		for range tokens {
			if g.call(g.login("alice")) != 200 {
				return false
			}
		}
		return true
	}
}
