package reference

import (
	"net/http/httptest"
	"strings"
	"time"
)

var wireObservations = map[string]Sound{
	"refusal-cacheable": func(g *Gateway) bool {
		return strings.Contains(refusedAnswer(g).Header().Get("Cache-Control"), "no-store")
	},
	"answer-cacheable": func(g *Gateway) bool {
		w := g.Send(0, "GET", "/api/hello", "", Bearing(g.Login("alice")))
		return !strings.Contains(w.Header().Get("Cache-Control"), "public")
	},
	"refusal-renews":            func(g *Gateway) bool { return refusedAnswer(g).Header().Get("X-Renewed-Token") == "" },
	"refusal-without-challenge": func(g *Gateway) bool { return refusedAnswer(g).Header().Get("WWW-Authenticate") != "" },
	"retry-after-absurd":        func(g *Gateway) bool { return len(refusedAnswer(g).Header().Get("Retry-After")) < 4 },
	"token-logged": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.Call(raw)
		return g.Log.Len() > 0 && !strings.Contains(g.Log.String(), raw)
	},
	"huge-token-skips-check": func(g *Gateway) bool { return g.Call(huge(g)) != 200 },
	"huge-token-500":         func(g *Gateway) bool { return g.Call(huge(g)) < 500 },
	"many-headers-skips-check": func(g *Gateway) bool {
		many := func() []Edit {
			var edits []Edit
			for range 100 {
				edits = append(edits, Header("X-Padding", "x"))
			}
			return edits
		}
		return g.Call(g.Dead("alice"), many()...) == 401
	},
}

func refusedAnswer(g *Gateway) *httptest.ResponseRecorder {
	return g.Send(0, "GET", "/api/hello", "", Bearing(g.Dead("alice")))
}

func huge(g *Gateway) string { return g.Dead("alice") + strings.Repeat("A", MaxToken) }

var clusterObservations = map[string]Sound{
	"replica-never-hears": deadElsewhere,
	"replica-lags-100ms": func(g *Gateway) bool {
		raw := g.Dead("alice")
		first := g.Elsewhere(raw)
		g.Wait(100 * time.Millisecond)
		return first == 401 && g.Elsewhere(raw) == 401
	},
	"restart-forgets": func(g *Gateway) bool {
		raw := g.Dead("alice")
		if g.Elsewhere(raw) != 401 {
			g.T.Error("the logout did not reach the other replica")
		}
		if err := g.Restart(1); err != nil {
			g.T.Error(err)
		}
		return g.Elsewhere(raw) == 401
	},
	"fails-open": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.MustBreakStore()
		return g.Call(raw) == 503
	},
	"falls-back-to-memory": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.MustBreakStore()
		return g.Logout(raw) == 503 && g.Elsewhere(raw) == 503
	},
	"lags-past-window": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Wait(g.Config().LeakWindow)
		return g.Elsewhere(raw) == 401
	},
	"slow-store-accepts": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Must(g.SlowStore(4 * time.Second))
		return g.Call(raw) != 200
	},
	"reset-accepts": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Must(g.ResetStore())
		return g.Call(raw) == 503
	},
	"stale-when-cut-off": func(g *Gateway) bool {
		raw := g.Login("alice")
		before := g.Elsewhere(raw)
		g.MustLogout(raw)
		g.Must(g.PartitionStore(1))
		return before == 200 && g.Elsewhere(raw) == 503 && g.Call(raw) == 401
	},
	"never-reconnects": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.MustBreakStore()
		g.Call(raw)
		g.Must(g.MendStore())
		return g.Call(raw) == 200
	},
	"gives-store-up": func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.MustBreakStore()
		g.Call(raw)
		g.Must(g.MendStore())
		return g.Call(raw) == 401
	},
	"open-declared-closed-served": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.MustBreakStore()
		return g.Call(raw) == 200
	},
	"volatile-store":             losesNothing((*Deployment).RestartStore),
	"restart-loses-revocations":  losesNothing((*Deployment).RestartStore),
	"failover-loses-revocations": losesNothing((*Deployment).FailOverStore),
	"evicts-when-full":           losesNothing((*Deployment).FillStore),
	"logout-success-when-down": func(g *Gateway) bool {
		raw := g.Login("alice")
		g.MustBreakStore()
		return g.Logout(raw) == 503
	},
}

func (g *Gateway) Elsewhere(raw string) int {
	return g.Send(1, "GET", "/api/hello", "", Bearing(raw)).Code
}

func deadElsewhere(g *Gateway) bool { return g.Elsewhere(g.Dead("alice")) == 401 }

func losesNothing(harm func(*Deployment) error) Sound {
	return func(g *Gateway) bool {
		raw := g.Dead("alice")
		g.Must(harm(g.Deployment))
		return g.Call(raw) == 401
	}
}

func (g *Gateway) MustBreakStore() {
	g.T.Helper()
	g.Must(g.BreakStore())
}

func (g *Gateway) Must(err error) {
	g.T.Helper()
	if err != nil {
		g.T.Fatal(err)
	}
}
