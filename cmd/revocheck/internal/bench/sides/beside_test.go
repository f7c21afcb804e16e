package sides

import (
	"errors"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/bench/peers"
	"github.com/revocheck/revocheck/loadgen"
)

// Each must answer as its side expects; else the table would count leaks that
// are a bare proxy's nature, or compare with one that checks nothing.
func TestOtherProxiesAnswerAsTheyExpect(t *testing.T) {
	for name, proxy := range map[string]*peers.Proxy{"denylist": nil, "haproxy": &peers.HAProxy, "nginx": &peers.Nginx} {
		t.Run(name, func(t *testing.T) {
			p, err := Beside(t.Context(), InProcess, proxy, Options{Tokens: 20, Users: 7, Population: 5})
			if errors.Is(err, peers.ErrNotInstalled) {
				t.Skipf("NOT TESTED: %v", err)
			}
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := p.Close(); err != nil {
					t.Error(err)
				}
			})
			for _, s := range []*loadgen.Side{p.Baseline, p.Subject, p.Control} {
				answersAsExpected(t, s, s == p.Subject && name != "nginx")
			}
		})
	}
}

func answersAsExpected(t *testing.T, s *loadgen.Side, checks bool) {
	t.Helper()
	if err := s.Prepare(t.Context(), []loadgen.Call{{Class: loadgen.NeverSeen, Index: 3}}); err != nil {
		t.Fatal(err)
	}
	for class, live := range map[loadgen.Class]bool{loadgen.Live: true, loadgen.NeverSeen: true, loadgen.Revoked: false, loadgen.Expired: false} {
		want, expects := 200, loadgen.WantAccept
		if checks {
			expects = loadgen.ByClass
			if !live {
				want = 401
			}
		}
		req, err := s.NewRequest(t.Context(), loadgen.Call{Class: class, Index: 3})
		if got := status(t, req, err); got != want || s.Expect(class) != expects {
			t.Errorf("%s, a %s token: answered %d, want %d; expects %v", s.Name, class, got, want, s.Expect(class))
		}
	}
}
