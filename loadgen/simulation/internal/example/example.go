// Package example makes a Study for tests of what shows one: every field is set
// somewhere in it.
package example

import (
	"math"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
)

// Study is a made-up study of four strategies on a day with an outage.
func Study() *outcome.Study {
	return &outcome.Study{
		Schema: outcome.Schema, Seed: 1, Replications: 30, Planned: 30,
		Workload: workload(),
		Answer:   "Take denylist: a stolen token was dead within 1.2 s of its logout (95 % of thefts), and the list peaks at 12,000 entries (2.1 MB).",
		Strategies: []outcome.Strategy{
			clientSide(), counter(), denylist(), notBefore(),
		},
		Differences: []outcome.Difference{
			{Label: "denylist", Against: "client-side", Figure: "exposure", Paired: about(-2363, 4)},
			{Label: "apim-counter", Against: "client-side", Figure: "exposure", Paired: about(-59, 0.4)},
		},
		Sensitivity: sensitivity(),
		OwnCode:     []string{"the strategies and their stores, on a virtual clock", "the counters of API Management's policies"},
		Modelled:    []string{"users, thieves and their habits", "the network between the regions"},
	}
}

func workload() outcome.Workload {
	return outcome.Workload{
		Name: "office", About: "An office application.", File: "office.yaml", Users: 20000, Sample: 10, Regions: 3,
		Span: 86400, Lifetime: 3600, Leeway: 30, Theft: "each logged-out token with a chance of 1 %; replayed from any region", Window: 60,
		Rows:   []outcome.Row{{Name: "logins", Text: "3 a day for each user"}, {Name: "session", Text: "30 min on average"}},
		Events: []outcome.Event{{At: 36000, Until: 36600, Text: "the store cannot be reached; posture closed"}, {At: 50000, Text: "the gateway of region 1 restarts"}},
	}
}

func about(mean, half float64) outcome.Interval {
	return outcome.Interval{Mean: mean, Lo: mean - half, Hi: mean + half, N: 30}
}

func share(mean, half, of float64) outcome.Share {
	s := outcome.Share{Interval: about(mean, half), Count: math.Round(mean * of), Of: of}
	if s.Count == 0 {
		s.Most = 3 / of
	}
	return s
}

func perMillion(mean, half, count float64) outcome.PerMillion {
	p := outcome.PerMillion{Interval: about(mean, half), Count: count}
	if count == 0 {
		p.Most = 0.3
	}
	return p
}

// strategy is one with the exposure of a uniform rest of life above zero.
func strategy(name, scope string, zero, most float64) outcome.Strategy {
	s := outcome.Strategy{
		Name: name, Label: name, Lifetime: 3600, Scope: scope, Calls: 1e7,
		Exposure: outcome.Exposure{
			Thefts: 20000, Zero: about(zero, 0.002), Mean: about((1-zero)*most/2, 5), Window: about((1-zero)*most/2, 5), Given: about(most/2, 8),
			Median: most / 2, P95: 0.95 * most, Max: most, Band: 0.0096, Unended: 12, Forgotten: 8000, ForgottenLeft: 1800,
		},
		Success: share(0.9*(1-zero), 0.01, 20000), Leaks: perMillion(300*(1-zero), 4, math.Round(3000*(1-zero))),
		OverBlocks: perMillion(0, 0, 0), Siblings: perMillion(0, 0, 0), Unavailable: perMillion(0, 0, 0), Unasked: perMillion(0, 0, 0),
		RefusedLogouts: share(0, 0, 60000), RefusedLogins: share(0, 0, 60000),
	}
	for i := range 60 {
		at := most * float64(i) / 59
		s.Exposure.CDF = append(s.Exposure.CDF, outcome.Point{Seconds: at, Share: zero + (1-zero)*at/most})
	}
	for i := range 144 {
		s.Timeline = append(s.Timeline, slot(float64(i)*600, scope))
	}
	return s
}

func slot(at float64, scope string) outcome.Slot {
	day := 1 - math.Cos(2*math.Pi*at/86400)
	s := outcome.Slot{At: at, Length: 600, Live: 400 * day, Calls: 8000 * day, Logins: 130 * day, Logouts: 130 * day}
	if scope == "nothing" {
		return s
	}
	s.Reads, s.Writes, s.Entries = s.Calls, s.Logouts, 4000*day
	if at == 36000 {
		s.Unavailable, s.RefusedLogouts, s.RefusedLogins = s.Calls, s.Logouts, s.Logins
	}
	return s
}

// keeping gives the strategy a list and a store.
func keeping(s outcome.Strategy, what string, bytes float64) outcome.Strategy {
	s.List = outcome.List{What: what, Mean: about(6000, 40), Peak: about(12000, 90), EntryBytes: bytes, Bytes: about(12000*bytes, 90*bytes)}
	for _, at := range s.Timeline {
		s.List.Levels = append(s.List.Levels, outcome.Level{At: at.At, Entries: about(at.Entries, 60), Formula: at.Entries * 1.01})
	}
	s.Store = outcome.Store{
		Reads: about(140, 1), Writes: about(0.7, 0.01), ReadsPeak: about(270, 3), WritesPeak: about(1.4, 0.1),
		Messages: about(2.8, 0.2), Bandwidth: about(700, 40),
	}
	s.Unavailable = perMillion(6900, 80, 69000)
	s.RefusedLogouts, s.RefusedLogins = share(0.007, 0.0004, 60000), share(0.007, 0.0004, 60000)
	return s
}

func clientSide() outcome.Strategy { return strategy("client-side", "nothing", 0, 3630) }

func counter() outcome.Strategy {
	s := keeping(strategy("apim-counter", "token", 0.02, 3570), "counters", 240)
	s.Label = "apim-counter 60 s"
	s.Settings = []outcome.Row{{Name: "renewal period", Text: "60 s"}}
	return s
}

func denylist() outcome.Strategy {
	s := keeping(strategy("denylist", "token", 0.33, 3), "revoked tokens", 177)
	s.Checks = []outcome.Check{{
		What: "entries in steady state", Formula: "rate * (L - E[A] + g + 1 s)", Want: 11980, Got: about(12000, 90), Unit: "entries", Agrees: true,
	}}
	return s
}

func notBefore() outcome.Strategy {
	s := keeping(strategy("not-before", "user", 0.33, 3), "cut-offs", 177)
	s.Siblings = perMillion(40, 3, 400)
	return s
}

func sensitivity() []outcome.Sensitivity {
	life := outcome.Sensitivity{Label: "client-side", Setting: "lifetime", Base: "1 h", Spread: 26000}
	for i, v := range []float64{300, 900, 3600, 28800} {
		life.Trials = append(life.Trials, outcome.Trial{
			Value: v, Text: []string{"5 min", "15 min", "1 h", "8 h"}[i], IsBase: v == 3600,
			Exposure: about(v*0.65, v*0.01), Formula: v * 0.651, HasFormula: true, Exceeds: i == 0,
		})
	}
	delay := outcome.Sensitivity{Label: "denylist", Setting: "propagation delay", Base: "1 s", Spread: 60, Trials: []outcome.Trial{
		{Value: 0, Text: "0 s", Zero: about(1, 0)}, {Value: 1, Text: "1 s", IsBase: true, Exposure: about(0.67, 0.01), Zero: about(0.33, 0.01)},
		{Value: 60, Text: "1 min", Exposure: about(40, 0.5), Zero: about(0.33, 0.01), Formula: 39.7, HasFormula: true},
	}}
	return []outcome.Sensitivity{life, delay}
}
