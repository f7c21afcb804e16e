package respelling_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue/respelling"
	target "github.com/revocheck/revocheck/scenarios/target/reference"
)

// TestNothingThatACookieTakesIsNoPass: white space and JSON travel in no cookie, and
// the ways to write a header are none of its.
func TestNothingThatACookieTakesIsNoPass(t *testing.T) {
	t.Parallel()
	run := play(t, func(x scenarios.Target) scenarios.Target { return inCookie{one{x}} }, reference.Config{Lenient: reference.Lenient{Cookie: true}})
	if want := []string{"algorithm-eddsa", "algorithm-es256", "bearer-header", "spellings"}; run.Conclusion != report.Conformant || !slices.Equal(run.NotClaimed, want) {
		t.Errorf("%s (%s), not claimed %q, want %q", run.Conclusion, run.Why, run.NotClaimed, want)
	}
	for _, r := range run.Records {
		if r.Verdict == report.Pass && tried(r) == 0 {
			t.Errorf("%s passed, and tried no spelling", r.ID)
		}
	}
}

// inCookie carries tokens in a cookie.
type inCookie struct{ one }

func (c inCookie) Contract() scenarios.Contract {
	contract := c.one.Contract()
	contract.Carrier = scenarios.Carrier{In: "cookie", Name: "access_token"}
	return contract
}

// one hides that the gateway could sign with other algorithms, as a target file does.
type one struct{ scenarios.Target }

// TestNothingTriedIsNoPass: where tokens have no spelling of a family, or the
// carrier takes none, nothing is claimed; and nothing passes without a try.
func TestNothingTriedIsNoPass(t *testing.T) {
	t.Parallel()
	for alg, want := range map[string][]string{
		"HS256": {"algorithm-eddsa", "algorithm-es256"},
		"HS384": {"algorithm-eddsa", "algorithm-es256", "spellings"},
		"ES256": {"algorithm-eddsa"},
		"EdDSA": {"algorithm-es256"},
	} {
		run := play(t, func(x scenarios.Target) scenarios.Target { return one{x} }, reference.Config{Alg: alg})
		if run.Conclusion != report.Conformant || !slices.Equal(run.NotClaimed, want) {
			t.Errorf("%s: %s (%s), not claimed %q, want %q", alg, run.Conclusion, run.Why, run.NotClaimed, want)
		}
		for _, r := range run.Records {
			if r.Verdict == report.Pass && tried(r) == 0 {
				t.Errorf("%s: %s passed, and tried no spelling", alg, r.ID)
			}
			if r.Verdict == report.NotRun && r.Showed() == "" {
				t.Errorf("%s: %s does not say what the tokens lack: %q", alg, r.ID, r.Why)
			}
		}
	}
}

// TestWhereAllAlgorithmsArePlayed: one that has no such spelling takes nothing from
// those that have.
func TestWhereAllAlgorithmsArePlayed(t *testing.T) {
	t.Parallel()
	run := play(t, func(x scenarios.Target) scenarios.Target { return x }, reference.Config{})
	for _, r := range run.Records {
		if r.Verdict != report.Pass || tried(r) == 0 {
			t.Errorf("%s: %v (%s) after %d spellings", r.ID, r.Verdict, r.Why, tried(r))
		}
	}
}

// tried is how many spellings of a live token a scenario sent.
func tried(r report.Record) (n int) {
	for _, s := range r.Steps {
		if strings.HasSuffix(s.Text, "the live token in each spelling") { // after the algorithm, if there are several
			n += s.Count
		}
	}
	return n
}

func play(t *testing.T, as func(scenarios.Target) scenarios.Target, cfg reference.Config) report.Run {
	t.Helper()
	gateway, err := target.New(cfg, 1)
	if err != nil {
		t.Fatal(err)
	}
	run, err := scenarios.Run(t.Context(), as(gateway), respelling.Scenarios(), scenarios.Options{Only: []string{"respelling"}})
	if err != nil {
		t.Fatal(err)
	}
	return run
}
