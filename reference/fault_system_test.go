package reference

import (
	"net/http/httptest"
	"strings"
	"time"
)

var wireObservations = map[string]sound{
	"refusal-cacheable": func(g *rig) bool {
		return strings.Contains(refusedAnswer(g).Header().Get("Cache-Control"), "no-store")
	},
	"answer-cacheable": func(g *rig) bool {
		w := g.send(0, "GET", "/api/hello", "", bearing(g.login("alice")))
		return !strings.Contains(w.Header().Get("Cache-Control"), "public")
	},
	"refusal-renews":            func(g *rig) bool { return refusedAnswer(g).Header().Get("X-Renewed-Token") == "" },
	"refusal-without-challenge": func(g *rig) bool { return refusedAnswer(g).Header().Get("WWW-Authenticate") != "" },
	"retry-after-absurd":        func(g *rig) bool { return len(refusedAnswer(g).Header().Get("Retry-After")) < 4 },
	"token-logged": func(g *rig) bool {
		raw := g.login("alice")
		g.call(raw)
		return g.log.Len() > 0 && !strings.Contains(g.log.String(), raw)
	},
	"huge-token-skips-check": func(g *rig) bool { return g.call(huge(g)) != 200 },
	"huge-token-500":         func(g *rig) bool { return g.call(huge(g)) < 500 },
	"many-headers-skips-check": func(g *rig) bool {
		many := func() []edit {
			var edits []edit
			for range 100 {
				edits = append(edits, header("X-Padding", "x"))
			}
			return edits
		}
		return g.call(g.dead("alice"), many()...) == 401
	},
}

func refusedAnswer(g *rig) *httptest.ResponseRecorder {
	return g.send(0, "GET", "/api/hello", "", bearing(g.dead("alice")))
}

func huge(g *rig) string { return g.dead("alice") + strings.Repeat("A", maxToken) }

var clusterObservations = map[string]sound{
	"replica-never-hears": deadElsewhere,
	"replica-lags-100ms": func(g *rig) bool {
		raw := g.dead("alice")
		first := g.elsewhere(raw)
		g.wait(100 * time.Millisecond)
		return first == 401 && g.elsewhere(raw) == 401
	},
	"restart-forgets": func(g *rig) bool {
		raw := g.dead("alice")
		if g.elsewhere(raw) != 401 {
			g.t.Error("the logout did not reach the other replica")
		}
		if err := g.Restart(1); err != nil {
			g.t.Error(err)
		}
		return g.elsewhere(raw) == 401
	},
	"fails-open": func(g *rig) bool {
		raw := g.dead("alice")
		g.breakStore()
		return g.call(raw) == 503
	},
	"falls-back-to-memory": func(g *rig) bool {
		raw := g.login("alice")
		g.breakStore()
		return g.logout(raw) == 503 && g.elsewhere(raw) == 503
	},
	"lags-past-window": func(g *rig) bool {
		raw := g.dead("alice")
		g.wait(g.Config().LeakWindow)
		return g.elsewhere(raw) == 401
	},
	"slow-store-accepts": func(g *rig) bool {
		raw := g.dead("alice")
		g.do(g.SlowStore(4 * time.Second))
		return g.call(raw) != 200
	},
	"reset-accepts": func(g *rig) bool {
		raw := g.dead("alice")
		g.do(g.ResetStore())
		return g.call(raw) == 503
	},
	"stale-when-cut-off": func(g *rig) bool {
		raw := g.login("alice")
		before := g.elsewhere(raw)
		g.kill(raw)
		g.do(g.PartitionStore(1))
		return before == 200 && g.elsewhere(raw) == 503 && g.call(raw) == 401
	},
	"never-reconnects": func(g *rig) bool {
		raw := g.login("alice")
		g.breakStore()
		g.call(raw)
		g.do(g.MendStore())
		return g.call(raw) == 200
	},
	"gives-store-up": func(g *rig) bool {
		raw := g.dead("alice")
		g.breakStore()
		g.call(raw)
		g.do(g.MendStore())
		return g.call(raw) == 401
	},
	"open-declared-closed-served": func(g *rig) bool {
		raw := g.login("alice")
		g.breakStore()
		return g.call(raw) == 200
	},
	"volatile-store":             losesNothing((*Deployment).RestartStore),
	"restart-loses-revocations":  losesNothing((*Deployment).RestartStore),
	"failover-loses-revocations": losesNothing((*Deployment).FailOverStore),
	"evicts-when-full":           losesNothing((*Deployment).FillStore),
	"logout-success-when-down": func(g *rig) bool {
		raw := g.login("alice")
		g.breakStore()
		return g.logout(raw) == 503
	},
}

func (g *rig) elsewhere(raw string) int {
	return g.send(1, "GET", "/api/hello", "", bearing(raw)).Code
}

func deadElsewhere(g *rig) bool { return g.elsewhere(g.dead("alice")) == 401 }

func losesNothing(harm func(*Deployment) error) sound {
	return func(g *rig) bool {
		raw := g.dead("alice")
		g.do(harm(g.Deployment))
		return g.call(raw) == 401
	}
}

func (g *rig) breakStore() {
	g.t.Helper()
	g.do(g.BreakStore())
}

func (g *rig) do(err error) {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
}
