package sides

import (
	"context"
	"net/http"
	"testing"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/reference"
)

func running(t *testing.T, launch Launch, c Config) *Running {
	t.Helper()
	r, err := launch(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// status sends what a side builds.
func status(t *testing.T, req *http.Request, err error) int {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	code, err := exchange(req)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// Every strategy must answer each class as the side says that it expects;
// otherwise a bench would count leaks that are the strategy's nature, or miss
// real ones.
func TestSidesAnswerAsTheyExpect(t *testing.T) {
	names := []string{None, Verify, Counter}
	for _, s := range reference.Strategies() {
		names = append(names, s.Name)
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			c := ConfigOf(name, Config{Store: "memory"})
			if !Policies(name) { // the regions of a service do not share their counters
				c.Replicas = 2
			}
			s, _, err := Reference(t.Context(), name, running(t, InProcess, c), Options{Tokens: 20, Users: 7, Population: 5})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Prepare(t.Context(), []loadgen.Call{{Class: loadgen.NeverSeen, Index: 3}}); err != nil {
				t.Fatal(err)
			}
			for _, class := range []loadgen.Class{loadgen.Live, loadgen.Revoked, loadgen.Expired, loadgen.NeverSeen} {
				for index := range uint64(4) {
					if class == loadgen.NeverSeen {
						index = 3
					}
					want := http.StatusOK
					if e := s.Expect(class); e == loadgen.WantRefusal || e == loadgen.ByClass && (class == loadgen.Revoked || class == loadgen.Expired) {
						want = http.StatusUnauthorized
					}
					req, err := s.NewRequest(t.Context(), loadgen.Call{Class: class, Index: index})
					if name == Counter && class == loadgen.Revoked {
						want = http.StatusTooManyRequests
					}
					if got := status(t, req, err); got != want {
						t.Errorf("a %s token gets %d, want %d", class, got, want)
					}
				}
			}
		})
	}
}

func TestStormTokensLiveUntilTheirLogout(t *testing.T) {
	s, _, err := Reference(t.Context(), "denylist", running(t, InProcess, Config{Strategy: "denylist", Store: "memory"}), Options{Tokens: 5, Users: 2})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Prepare(t.Context(), []loadgen.Call{{Class: loadgen.Live, Index: 9, Stormed: true}}); err != nil {
		t.Fatal(err)
	}
	replay := loadgen.Call{Class: loadgen.Revoked, Index: 9, Stormed: true}
	before, err := s.NewRequest(t.Context(), replay)
	if got := status(t, before, err); got != http.StatusOK {
		t.Errorf("before its logout: %d", got)
	}
	logout, err := s.NewLogout(t.Context(), 9)
	if got := status(t, logout, err); got != http.StatusNoContent {
		t.Errorf("the logout: %d", got)
	}
	after, err := s.NewRequest(t.Context(), replay)
	if got := status(t, after, err); got != http.StatusUnauthorized {
		t.Errorf("after its logout: %d", got)
	}
}

func TestPreloadFillsTheStore(t *testing.T) {
	for _, strategy := range []string{"denylist", "server-store", "not-before"} {
		g, err := startGateway(Config{Strategy: strategy, Store: "memory", Alg: "HS256"})
		if err != nil {
			t.Fatal(err)
		}
		if err := g.logOutMany(t.Context(), 50); err != nil {
			t.Error(err)
		}
		if n, err := g.site.size(t.Context()); err != nil || n < 50 {
			t.Errorf("%s holds %d entries after 50 logouts (%v)", strategy, n, err)
		}
		if err := g.close(context.Background()); err != nil {
			t.Error(err)
		}
	}
}

func TestGatewayInAProcessOfItsOwn(t *testing.T) {
	r := running(t, ChildCommand(gatewayArg), Config{Strategy: "denylist", Store: "memory", Alg: "HS256", Replicas: 2})
	if len(r.Endpoints) != 2 {
		t.Fatalf("endpoints %v", r.Endpoints)
	}
	s, _, err := Reference(t.Context(), "denylist", r, Options{Tokens: 5, Users: 2})
	if err != nil {
		t.Fatal(err)
	}
	req, err := s.NewRequest(t.Context(), loadgen.Call{Class: loadgen.Revoked})
	if got := status(t, req, err); got != http.StatusUnauthorized {
		t.Errorf("a revoked token gets %d", got)
	}
}

func TestAGatewayThatCannotStartSaysSo(t *testing.T) {
	for name, launch := range map[string]Launch{"in process": InProcess, "child": ChildCommand(gatewayArg)} {
		if _, err := launch(t.Context(), Config{Strategy: "denylist", Store: "nowhere"}); err == nil {
			t.Errorf("%s: a gateway over a store that does not exist runs", name)
		}
	}
}

func TestFreshForgets(t *testing.T) {
	f := newFresh()
	for i := range uint64(keepStorm + 10) {
		f.put(loadgen.Call{Class: loadgen.Live, Index: i, Stormed: true}, "t")
	}
	f.put(loadgen.Call{Class: loadgen.NeverSeen, Index: 1}, "t")
	f.forget()
	if len(f.tokens) != keepStorm {
		t.Errorf("%d tokens are kept, want %d", len(f.tokens), keepStorm)
	}
	if _, err := f.take(loadgen.Call{Class: loadgen.NeverSeen, Index: 1}); err == nil {
		t.Error("a never-seen token is kept after its slice")
	}
	if _, err := f.take(loadgen.Call{Class: loadgen.Revoked, Index: keepStorm + 9, Stormed: true}); err != nil {
		t.Error(err)
	}
}

// A program that ignores the arguments must not start gateways that start
// gateways.
func TestAGatewayStartsNoGateways(t *testing.T) {
	t.Setenv(childMark, "1")
	if _, err := ChildCommand(gatewayArg)(t.Context(), Config{Strategy: "denylist", Store: "memory"}); err == nil {
		t.Error("a process that is a gateway starts another")
	}
}
