package simulation

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
)

// setting is one that is varied, all others being as the workload has them.
type setting struct {
	name   string
	values []float64 // seconds, shares or numbers
	say    func(float64) string
	base   func(*workload.Workload) (float64, string)
	set    func(*workload.Workload, float64)
	// concerns tells whether a strategy can be moved by it.
	concerns func(*workload.Workload, Strategy) bool
}

func seconds(s float64) time.Duration { return time.Duration(s * 1e9) }

func number(n float64) string { return fmt.Sprintf("%g", n) }

var settings = []setting{
	{
		name: "token lifetime", values: []float64{300, 900, 3600, 8 * 3600, 24 * 3600}, say: words.Seconds,
		base: func(w *workload.Workload) (float64, string) { return inWords(w.Tokens.Lifetime.Seconds()) },
		set: func(w *workload.Workload, v float64) {
			w.Tokens.Lifetime = seconds(v)
			for i := range w.Strategies {
				w.Strategies[i].Lifetime = 0
			}
		},
		concerns: func(_ *workload.Workload, s Strategy) bool { return s.Name != "short-expiry" },
	},
	{
		name: "mean session", values: []float64{300, 1800, 4 * 3600}, say: words.Seconds,
		base:     func(w *workload.Workload) (float64, string) { return inWords(w.Users.Session.Seconds()) },
		set:      func(w *workload.Workload, v float64) { w.Users.Session = seconds(v) },
		concerns: func(_ *workload.Workload, s Strategy) bool { return s.Scope == ScopeNothing || s.Counter != nil },
	},
	{
		name: "renewal period", values: []float64{60, 300}, say: words.Seconds,
		base: func(w *workload.Workload) (float64, string) {
			for _, s := range w.Strategies {
				if s.Period > 0 {
					return inWords(s.Period.Seconds())
				}
			}
			return inWords(60)
		},
		set: func(w *workload.Workload, v float64) {
			for i := range w.Strategies {
				w.Strategies[i].Period = seconds(v)
			}
		},
		concerns: func(_ *workload.Workload, s Strategy) bool { return s.Counter != nil },
	},
	{
		name: "regions", values: []float64{1, 3, 6}, say: number,
		base:     func(w *workload.Workload) (float64, string) { n := float64(w.Regions.Count); return n, number(n) },
		set:      func(w *workload.Workload, v float64) { w.Regions.Count = int(v) },
		concerns: func(_ *workload.Workload, s Strategy) bool { return s.Scope != ScopeNothing },
	},
	{
		name: "delay between regions", values: []float64{0, 1, 10, 60}, say: words.Seconds,
		base: func(w *workload.Workload) (float64, string) {
			return w.Regions.Delay.Seconds(0.5), w.Regions.Delay.String()
		},
		set: func(w *workload.Workload, v float64) { w.Regions.Delay = workload.Constant(seconds(v)) },
		concerns: func(w *workload.Workload, s Strategy) bool {
			return w.Regions.Count > 1 && s.Scope != ScopeNothing && s.Counter == nil
		},
	},
	{
		name: "share of messages lost", values: []float64{0, 1e-4, 1e-2}, say: words.Percent,
		base: func(w *workload.Workload) (float64, string) { return w.Regions.Loss, words.Percent(w.Regions.Loss) },
		set:  func(w *workload.Workload, v float64) { w.Regions.Loss = v },
		concerns: func(w *workload.Workload, s Strategy) bool {
			return w.Regions.Count > 1 && s.Scope != ScopeNothing && s.Counter == nil
		},
	},
}

func inWords(s float64) (float64, string) { return s, words.Seconds(s) }

// Sensitivity says what each setting does to the exposure under each strategy,
// what does most first. It plays small worlds, in which every token that is logged
// out is stolen and nothing else happens.
func Sensitivity(ctx context.Context, w *workload.Workload, strategies Make, o Options) ([]outcome.Sensitivity, error) {
	var all []outcome.Sensitivity
	base, err := strategies(w)
	if err != nil {
		return nil, err
	}
	for _, s := range settings {
		found := make([]outcome.Sensitivity, len(base))
		_, said := s.base(w)
		for i, of := range base {
			found[i] = outcome.Sensitivity{Label: cmp.Or(of.Label, of.Name), Setting: s.name, Base: said}
		}
		for _, v := range s.around(w) {
			if err := s.try(ctx, w, strategies, v, found, o); err != nil || ctx.Err() != nil {
				return nil, err
			}
		}
		all = append(all, found...)
	}
	all = slices.DeleteFunc(all, func(s outcome.Sensitivity) bool { return len(s.Trials) < 2 })
	for i := range all {
		rank(&all[i], w.Window.Seconds())
	}
	slices.SortStableFunc(all, func(a, b outcome.Sensitivity) int { return cmp.Compare(b.Spread, a.Spread) })
	return all, nil
}

// around are the values with that of the workload among them, in their order.
func (s setting) around(w *workload.Workload) []float64 {
	base, _ := s.base(w)
	values := slices.Clone(s.values)
	if !slices.Contains(values, base) {
		values = append(values, base)
	}
	slices.Sort(values)
	return values
}

// try plays one value of a setting, under the strategies that it concerns.
func (s setting) try(ctx context.Context, w *workload.Workload, strategies Make, value float64, found []outcome.Sensitivity, o Options) error {
	small := smaller(w)
	base, _ := s.base(w)
	if value != base { // the workload's own law stays as it is
		s.set(small, value)
	}
	all, err := strategies(small)
	if err != nil {
		return err
	}
	var of []Strategy
	var at []int
	for i := range all {
		if s.concerns(small, all[i]) {
			of, at = append(of, all[i]), append(at, i)
		}
	}
	if len(of) == 0 {
		return nil
	}
	r := newRun(small, of, nil)
	if err := r.play(ctx, o.Parallel); err != nil || r.finished() < small.Replications {
		return err
	}
	for k, i := range at {
		j := joined{small, of[k], r.tallies[k]}
		e := j.exposure()
		want, _, known := j.formula()
		found[i].Trials = append(found[i].Trials, outcome.Trial{
			Value: value, Text: s.say(value), IsBase: value == base, Exposure: e.Mean, Zero: e.Zero, Formula: want, HasFormula: known,
		})
	}
	return nil
}

// small worlds have so many logouts, in all replications.
const smallLogouts = 300

// smaller is a workload of which only the thefts are played.
func smaller(w *workload.Workload) *workload.Workload {
	s := *w
	s.Strategies = slices.Clone(w.Strategies)
	s.Events, s.Replications = nil, 4
	s.Users.Calls, s.Users.Forget, s.Users.Devices = 0, 0, 1
	s.Users.Session = min(s.Users.Session, 12*time.Hour)
	s.Users.Logins = min(s.Users.Logins/float64(w.Users.Devices), 4)
	if s.Thieves.PerHour == 0 {
		s.Thieves.Share = 1
	}
	s.Thieves.Every = 1000 * time.Hour // a replay changes no exposure
	perUser := s.Users.Logins * s.Span.Hours() / 24
	s.Sample = 1
	s.Users.Count = math.Ceil(smallLogouts / 4 / perUser)
	return &s
}

// rank says how far apart the trials are, and which value is the first that is
// not tolerable.
func rank(s *outcome.Sensitivity, window float64) {
	low, high := math.Inf(1), 0.0
	marked := false
	for i := range s.Trials {
		mean := s.Trials[i].Exposure.Mean
		low, high = min(low, mean), max(high, mean)
		if window > 0 && mean > window && !marked {
			s.Trials[i].Exceeds, marked = true, true
		}
	}
	s.Spread = high - low
}
