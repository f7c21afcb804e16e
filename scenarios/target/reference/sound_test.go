package reference_test

import (
	"slices"
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
)

// TestSoundGatewaysConform runs the healthy gateway with every strategy that
// ends tokens, every algorithm and every sound variant.
func TestSoundGatewaysConform(t *testing.T) {
	light := allBut(t, samples)
	for name, cfg := range soundGateways() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var only []string
			if slices.Contains(gateway.Algorithms(), name) {
				only = light
			}
			run := play(t, cfg, only...)
			for _, r := range run.Records {
				if r.Verdict == report.Fail || r.Verdict == report.Inconclusive || r.Verdict == report.NotRun && r.Undeclared == "" {
					t.Errorf("%s: %s: %s", r.ID, r.Verdict, r.Why)
				}
			}
			if only == nil && run.Conclusion != report.Conformant {
				t.Errorf("%s: %s", run.Conclusion, run.Why)
			}
		})
	}
}

// samples are scenarios that send very many requests, which no algorithm
// changes: they are played with the default one.
var samples = []string{
	"retention/many-revocations", "retention/steady-use", "concurrency/logout-storm", "concurrency/burst-after-logout",
	"concurrency/leak-window", "concurrency/linearizable-logout", "isolation/no-over-block", "replay/hammered",
}

// allBut lists the catalogue without some scenarios.
func allBut(t *testing.T, without []string) (ids []string) {
	for _, s := range all(t) {
		if !slices.Contains(without, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func soundGateways() map[string]gateway.Config {
	sound := map[string]gateway.Config{"healthy": {Store: "miniredis"}, "memory": {Store: "memory"}}
	for _, s := range []string{"server-store", "not-before"} {
		sound[s] = gateway.Config{Strategy: s, Store: "memory"}
	}
	for _, alg := range gateway.Algorithms() {
		sound[alg] = gateway.Config{Store: "memory", Alg: alg}
	}
	for _, v := range gateway.Variants() {
		cfg := gateway.Config{Store: "memory"}
		v.Apply(&cfg)
		sound[v.Name] = cfg
	}
	return sound
}
