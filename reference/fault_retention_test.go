package reference

import (
	"time"
)

var retentionObservations = map[string]Sound{
	"ttl-60s":             deadAt(3600, 61*time.Second),
	"ttl-300s":            deadAt(3600, 301*time.Second),
	"ttl-half-life":       deadAt(3600, 31*time.Minute),
	"ttl-ignores-leeway":  deadAt(60, 63*time.Second),
	"ttl-32-bit":          deadAt(30*86400, time.Hour),
	"ttl-of-days-dropped": deadAt(86400, time.Hour),
	"ttl-64-bit": func(g *Gateway) bool {
		raw := g.MustMint(map[string]any{"exp": g.Clock.Now().Unix() + 1000*365*86400}, nil)
		g.MustLogout(raw)
		return g.Call(raw) == 401
	},
	"ttl-drops-near-expiry":   deadWithLeft(4 * time.Second),
	"ttl-rounds-down-to-zero": deadWithLeft(10 * time.Second),
	"no-exp-not-stored": func(g *Gateway) bool {
		raw := g.MustMint(map[string]any{"exp": nil}, nil)
		live := g.Call(raw)
		g.MustLogout(raw)
		g.Wait(24 * time.Hour)
		return live == 200 && g.Call(raw) == 401
	},
	"entry-never-dropped": func(g *Gateway) bool {
		g.DeadFor("alice", 60)
		g.Wait(time.Hour)
		n, err := g.StoreSize(g.T.Context())
		return n == 0 && err == nil
	},
	"lru-1000": func(g *Gateway) bool {
		first := g.Dead("alice")
		for range 1000 {
			g.Dead("bob")
		}
		return g.Call(first) == 401
	},
	"refused-call-refreshes-entry": deadAt(3600, 61*time.Second),
	"refused-call-shortens-entry": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Call(raw)
		g.Wait(61 * time.Second)
		return g.Call(raw) == 401
	},
}

// deadAt: a token with the life is still refused some time after its logout.
func deadAt(life int, after time.Duration) Sound {
	return func(g *Gateway) bool {
		raw := g.DeadFor("alice", life)
		g.Wait(after)
		return g.Call(raw) == 401
	}
}

// deadWithLeft: a logout counts with so much of the token's life left.
func deadWithLeft(left time.Duration) Sound {
	return func(g *Gateway) bool {
		raw := g.LoginFor("alice", 60)
		g.Wait(time.Minute - left)
		g.MustLogout(raw)
		return g.Call(raw) == 401
	}
}

var isolationObservations = map[string]Sound{
	"logout-ends-everyone": func(g *Gateway) bool {
		bob := g.Login("bob")
		g.Dead("alice")
		return g.Call(bob) == 200
	},
	"logout-ends-siblings": func(g *Gateway) bool {
		sibling := g.Login("alice")
		g.Dead("alice")
		return g.Call(sibling) == 200
	},
	"key-sub-iat-second": func(g *Gateway) bool {
		iat := g.Clock.Now().Unix()
		one, two := g.MustMint(map[string]any{"iat": iat}, nil), g.MustMint(map[string]any{"iat": iat}, nil)
		g.MustLogout(one)
		return g.Call(two) == 200
	},
	"odd-jti-unchecked": func(g *Gateway) bool {
		raw := g.MustMint(map[string]any{"jti": 7}, nil)
		g.Logout(raw)
		return g.Call(raw) == 401
	},
	"narrow-claims-unchecked": endsMinted(map[string]any{"aud": []string{Audience, "another-api"}}, nil),
	"other-typ-unchecked":     endsMinted(nil, map[string]any{"typ": "at+jwt"}),
	"undated-token-unchecked": endsMinted(map[string]any{"iat": nil}, nil),
	"jti-case-folded": func(g *Gateway) bool {
		upper := g.MustMint(map[string]any{"jti": "ONE"}, nil)
		g.Logout(g.MustMint(map[string]any{"jti": "one"}, nil))
		return g.Call(upper) == 200
	},
	"neighbour-jti":          ServesFresh(1, 300),
	"over-block-one-percent": ServesFresh(0, 200),
	"empty-key": func(g *Gateway) bool {
		g.Send(0, "POST", "/logout", "")
		return g.Send(0, "GET", "/public", "").Code == 200
	},
	"cut-off-not-latest": func(g *Gateway) bool {
		old := g.Dead("alice")
		newer := g.Dead("alice")
		g.Logout(old)
		return g.Call(newer) == 401
	},
}

// endsMinted: a token of that make is accepted until its logout.
func endsMinted(claims, header map[string]any) Sound {
	return func(g *Gateway) bool {
		raw := g.MustMint(claims, header)
		live := g.Call(raw)
		g.MustLogout(raw)
		return live == 200 && g.Call(raw) == 401
	}
}

// ServesFresh: after some logouts every fresh token is served.
func ServesFresh(logouts, tokens int) Sound {
	return func(g *Gateway) bool {
		for range logouts {
			g.Dead("alice")
		}
		for range tokens {
			if g.Call(g.Login("alice")) != 200 {
				return false
			}
		}
		return true
	}
}
