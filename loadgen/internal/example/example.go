// Package example makes bench results whose truth is known, for tests.
package example

import (
	"math/rand/v2"
	"time"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/limit"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Pairs make a run whose truth is known: the machine drifts, slices share that
// drift and differ by noise, and the subject is slower by extra milliseconds.
func Pairs(rng *rand.Rand, n int, extra float64) []stats.Pair {
	pairs, drift := make([]stats.Pair, n), 1.0
	for i := range pairs {
		drift = max(0.5, drift+0.1*rng.NormFloat64())
		slice := func(add float64) (qs [3]float64) {
			for q := range qs {
				qs[q] = drift + add + float64(1+q)*0.05*rng.ExpFloat64()
			}
			return qs
		}
		pairs[i] = stats.Pair{Baseline: slice(0), Subject: slice(extra), Control: slice(0)}
	}
	return pairs
}

// Result is a result with something in every part; its subject is slower by
// extra milliseconds.
func Result(extra float64) *loadgen.Result {
	r := &loadgen.Result{Schema: loadgen.Schema, Kind: loadgen.Kind, Started: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC),
		Tool: loadgen.Tool{Name: "revocheck", Version: "v1", Go: "go1", OS: "linux/amd64", CPUs: 2}, TookMs: 21_000, MeasuredMs: 20_000,
		Setup: loadgen.Setup{Rate: "1000", DurationMs: 30_000, SliceMs: 250, Mix: "live=90,revoked=5,expired=2,never-seen=3", Seed: 4,
			TimeoutMs: 5000, MaxInFlight: 256, LateMs: 5, Store: "redis", Alg: "HS256", Population: 1000}}
	r.Pairs = Pairs(rand.New(rand.NewPCG(2, 2)), 24, extra)
	r.Overheads, r.Reliable = stats.Analyse(r.Pairs, r.Setup.Seed), true
	r.Baseline, r.Subject, r.Control = side("verify"), side("denylist"), side("verify (control)")
	r.Judge(limit.Limits{Overhead: map[string]float64{"p50": 0.2}})
	return r
}

func side(name string) loadgen.SideRecord {
	s := loadgen.SideRecord{Name: name, Timeline: loadgen.Timeline{Points: []loadgen.TimePoint{
		{AtMs: 100, P50Ms: 0.8, P99Ms: 1.2, Calls: 500}, {AtMs: 900, P50Ms: 0.9, P99Ms: 1.4, Calls: 500}}}}
	for n := range 1000 {
		s.FromDue.Add(time.Duration(300+n) * time.Microsecond)
		s.FromSend.Add(time.Duration(200+n) * time.Microsecond)
		s.Tally.Add(loadgen.Live, loadgen.AsExpect, 200, "")
		if n < 50 {
			s.Tally.Add(loadgen.Revoked, loadgen.AsExpect, 401, "")
		}
	}
	return s
}
