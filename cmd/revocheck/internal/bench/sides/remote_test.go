package sides

import (
	"testing"
	"time"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/limit"
	"github.com/revocheck/revocheck/loadgen/pace"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

func target(t *testing.T, c reference.Config) scenarios.Target {
	t.Helper()
	made, err := inprocess.New(c, 2)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func bench(t *testing.T, p *Pairing) *loadgen.Result {
	t.Helper()
	r, err := loadgen.Bench(t.Context(), loadgen.Plan{Schedule: pace.Constant(500), Duration: 300 * time.Millisecond, Rounds: 2, Slice: 50 * time.Millisecond,
		WarmUp: -1, Mix: loadgen.Mix{loadgen.Live: 8, loadgen.Revoked: 1, loadgen.NeverSeen: 1}, Storm: 50}, p.Sides)
	if err != nil {
		t.Fatal(err)
	}
	r.Judge(limit.Limits{})
	return r
}

func TestRemoteWays(t *testing.T) {
	for _, scope := range []string{reference.ScopeToken, reference.ScopeUser} {
		for _, against := range []string{WithNone, WithLive} {
			p, err := Remotes(t.Context(), target(t, reference.Config{Strategy: "denylist", LogoutScope: scope}), against, nil, Options{Tokens: 10})
			if err != nil {
				t.Fatal(err)
			}
			if r := bench(t, p); r.Broken() || !p.Shared {
				t.Errorf("scope %s against %s: %+v", scope, against, r.Thresholds)
			}
			if err := p.Close(); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestTwoRemotes(t *testing.T) {
	leaky, sound := target(t, reference.Config{Strategy: "client-side"}), target(t, reference.Config{})
	p, err := Remotes(t.Context(), leaky, WithMix, sound, Options{Tokens: 10})
	if err != nil {
		t.Fatal(err)
	}
	r := bench(t, p)
	if r.Subject.Tally.Of(loadgen.Leak) == 0 || r.Baseline.Tally.Of(loadgen.Leak) != 0 {
		t.Errorf("leaks: %d at the leaky target, %d at the sound one", r.Subject.Tally.Of(loadgen.Leak), r.Baseline.Tally.Of(loadgen.Leak))
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

func TestLoopback(t *testing.T) {
	for endpoint, want := range map[string]bool{"http://127.0.0.1:80": true, "http://[::1]:80": true, "https://localhost": true, "https://gateway.example": false} {
		if isLoopback(endpoint) != want {
			t.Errorf("%s: %v", endpoint, !want)
		}
	}
}
