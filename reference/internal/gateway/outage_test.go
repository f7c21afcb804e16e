package gateway_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

// TestASoundGatewayOutlivesItsStoresTroubles has each thing happen to the
// store, and requires that no dead token is served, and that all is as before
// when it is over.
func TestASoundGatewayOutlivesItsStoresTroubles(t *testing.T) {
	troubles := map[string]func(*reference.Deployment) error{
		"break":     (*reference.Deployment).BreakStore,
		"reset":     (*reference.Deployment).ResetStore,
		"fill":      (*reference.Deployment).FillStore,
		"restart":   (*reference.Deployment).RestartStore,
		"fail over": (*reference.Deployment).FailOverStore,
		"slow":      func(d *reference.Deployment) error { return d.SlowStore(10 * time.Millisecond) },
		"partition": func(d *reference.Deployment) error { return d.PartitionStore(0) },
	}
	for name, make := range troubles {
		for _, strategy := range revoking {
			g := trial.New(t, reference.Config{Strategy: strategy, LogoutScope: reference.ScopeToken})
			live, dead := g.Login("alice"), g.Dead("bob")
			g.Must(make(g.Deployment))
			if got := g.Call(dead); got < http.StatusBadRequest {
				t.Errorf("%s, %s: a dead token is answered %d", strategy, name, got)
			}
			g.Must(g.MendStore())
			g.Want(strategy+" after "+name+", live", g.Call(live), http.StatusOK)
			g.Want(strategy+" after "+name+", dead", g.Call(dead), http.StatusUnauthorized)
		}
	}
}

func TestAFullStoreTakesNoLogout(t *testing.T) {
	for _, strategy := range []string{"denylist", "not-before"} {
		g := trial.New(t, reference.Config{Strategy: strategy})
		raw := g.Login("alice")
		g.Must(g.FillStore())
		g.Want("a logout", g.Logout(raw), http.StatusServiceUnavailable)
		g.Want("the token", g.Call(raw), http.StatusOK)
	}
}

func TestASlowStoreIsGivenUp(t *testing.T) {
	g := trial.New(t, reference.Config{StoreTimeout: time.Millisecond})
	raw := g.Login("alice")
	g.Must(g.SlowStore(time.Hour))
	g.Want("a call", g.Call(raw), http.StatusServiceUnavailable)
	g.Want("a logout", g.Logout(raw), http.StatusServiceUnavailable)
}

func TestAVolatileStoreForgets(t *testing.T) {
	for _, kind := range []string{"memory", "miniredis", "sqlite"} {
		g := trial.New(t, reference.Config{Store: kind, Volatile: true})
		live, dead := g.Login("alice"), g.Dead("bob")
		g.Must(g.RestartStore())
		g.Want("live on "+kind, g.Call(live), http.StatusOK)
		g.Want("dead on "+kind+", forgotten", g.Call(dead), http.StatusOK)
	}
}

func TestPartitionOfNoReplica(t *testing.T) {
	g := trial.New(t, reference.Config{})
	for _, i := range []int{-1, 2} {
		if err := g.PartitionStore(i); err == nil {
			t.Errorf("PartitionStore(%d) of two replicas succeeded", i)
		}
	}
}

func TestWhatIsRefusedOfOutageSettings(t *testing.T) {
	for name, cfg := range map[string]reference.Config{
		"posture":     {Posture: "ajar"},
		"propagation": {Propagation: -1},
		"leak window": {LeakWindow: -1},
		"replicas":    {WaitReplicas: -1},
		"no replicas": {WaitReplicas: 1, Store: "miniredis"},
	} {
		if d, err := reference.Start(cfg, 1); err == nil {
			_ = d.Close()
			t.Errorf("%s: %+v was accepted", name, cfg)
		}
	}
}
