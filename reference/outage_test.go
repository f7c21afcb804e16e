package reference

import (
	"net/http"
	"testing"
	"time"
)

// TestASoundGatewayOutlivesItsStoresTroubles has each thing happen to the
// store, and requires that no dead token is served, and that all is as before
// when it is over.
func TestASoundGatewayOutlivesItsStoresTroubles(t *testing.T) {
	troubles := map[string]func(*Deployment) error{
		"break":     (*Deployment).BreakStore,
		"reset":     (*Deployment).ResetStore,
		"fill":      (*Deployment).FillStore,
		"restart":   (*Deployment).RestartStore,
		"fail over": (*Deployment).FailOverStore,
		"slow":      func(d *Deployment) error { return d.SlowStore(10 * time.Millisecond) },
		"partition": func(d *Deployment) error { return d.PartitionStore(0) },
	}
	for name, make := range troubles {
		for _, strategy := range revoking {
			g := newRig(t, Config{Strategy: strategy, LogoutScope: ScopeToken})
			live, dead := g.login("alice"), g.dead("bob")
			g.do(make(g.Deployment))
			if got := g.call(dead); got < http.StatusBadRequest {
				t.Errorf("%s, %s: a dead token is answered %d", strategy, name, got)
			}
			g.do(g.MendStore())
			g.want(strategy+" after "+name+", live", g.call(live), http.StatusOK)
			g.want(strategy+" after "+name+", dead", g.call(dead), http.StatusUnauthorized)
		}
	}
}

func TestAFullStoreTakesNoLogout(t *testing.T) {
	for _, strategy := range []string{"denylist", "not-before"} {
		g := newRig(t, Config{Strategy: strategy})
		raw := g.login("alice")
		g.do(g.FillStore())
		g.want("a logout", g.logout(raw), http.StatusServiceUnavailable)
		g.want("the token", g.call(raw), http.StatusOK)
	}
}

func TestASlowStoreIsGivenUp(t *testing.T) {
	g := newRig(t, Config{StoreTimeout: time.Millisecond})
	raw := g.login("alice")
	g.do(g.SlowStore(time.Hour))
	g.want("a call", g.call(raw), http.StatusServiceUnavailable)
	g.want("a logout", g.logout(raw), http.StatusServiceUnavailable)
}

func TestAVolatileStoreForgets(t *testing.T) {
	for _, kind := range []string{"memory", "miniredis", "sqlite"} {
		g := newRig(t, Config{Store: kind, Volatile: true})
		live, dead := g.login("alice"), g.dead("bob")
		g.do(g.RestartStore())
		g.want("live on "+kind, g.call(live), http.StatusOK)
		g.want("dead on "+kind+", forgotten", g.call(dead), http.StatusOK)
	}
}

func TestPartitionOfNoReplica(t *testing.T) {
	g := newRig(t, Config{})
	for _, i := range []int{-1, 2} {
		if err := g.PartitionStore(i); err == nil {
			t.Errorf("PartitionStore(%d) of two replicas succeeded", i)
		}
	}
}

func TestWhatIsRefusedOfOutageSettings(t *testing.T) {
	for name, cfg := range map[string]Config{
		"posture":     {Posture: "ajar"},
		"propagation": {Propagation: -1},
		"leak window": {LeakWindow: -1},
		"replicas":    {WaitReplicas: -1},
		"no replicas": {WaitReplicas: 1, Store: "miniredis"},
	} {
		if d, err := Start(cfg, 1); err == nil {
			_ = d.Close()
			t.Errorf("%s: %+v was accepted", name, cfg)
		}
	}
}
