package simulate

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/revocheck/revocheck/loadgen/simulation"
	"github.com/revocheck/revocheck/loadgen/simulation/closedform"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
	"github.com/revocheck/revocheck/loadgen/simulation/world"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// session is the mean session of the tests, in seconds.
const session = 1800.0

// base is a workload in which every logged-out token is stolen.
const base = `
replications: 10
span: 4h
users: {count: 200, logins: 24, session: 30m, calls: 0.02}
thieves: {share: 1, every: 30s, from: %s}
regions: {count: %d, delay: %s, loss: %s}
tokens: {lifetime: %s}
strategies:
  - %s
`

// setting is what varies in base.
type setting struct {
	from, delay, loss, lifetime, strategy string
	regions                               int
}

func (s setting) workload(t *testing.T) *workload.Workload {
	t.Helper()
	or := func(text, otherwise string) string {
		if text == "" {
			return otherwise
		}
		return text
	}
	text := fmt.Sprintf(base, or(s.from, "random"), max(s.regions, 1), or(s.delay, "0s"), or(s.loss, "0"), or(s.lifetime, "1h"), s.strategy)
	w, err := workload.Parse("test.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// simulated plays the workload; change spoils the strategy, if it is not nil.
func simulated(t *testing.T, w *workload.Workload, change func(*simulation.Strategy)) outcome.Strategy {
	t.Helper()
	study, err := simulation.Run(context.Background(), w, func(w *workload.Workload) ([]simulation.Strategy, error) {
		all, err := strategies(w)
		if err == nil && change != nil {
			change(&all[0])
		}
		return all, err
	}, simulation.Options{})
	if err != nil || study.Partial {
		t.Fatalf("%v, partial is %t", err, study.Partial)
	}
	return study.Strategies[0]
}

// inside reports whether a figure lies within its 99.9 % interval of the truth.
// Where it never varies, it must be right.
func inside(got outcome.Interval, want float64) bool {
	error := (got.Hi - got.Mean) / stats.Student(0.95, got.N-1)
	return math.Abs(got.Mean-want) <= stats.Student(0.999, got.N-1)*error+1e-9
}

func tokens(lifetime float64) closedform.Tokens {
	return closedform.Tokens{Lifetime: lifetime, Hazard: 1 / session}
}

// truths are what is known of the exposure without a simulation.
var truths = []struct {
	name string
	setting
	want float64
}{
	{"client-side", setting{strategy: "client-side"}, tokens(3600).Rest()},
	{"client-side, a minute", setting{strategy: "client-side", lifetime: "1m"}, 30.17},
	{"short-expiry", setting{strategy: "{name: short-expiry, lifetime: 5m}"}, tokens(300).Rest()},
	{"denylist, one region", setting{strategy: "denylist"}, 0},
	{"server-store, one region", setting{strategy: "server-store"}, 0},
	{"not-before, one region", setting{strategy: "not-before"}, 0},
	{"denylist, at home", setting{strategy: "denylist", regions: 3, delay: "120s", from: "home"}, 0},
	{"denylist, 120 s, 3 regions", setting{strategy: "denylist", regions: 3, delay: "120s"}, closedform.Thief(3, 0, tokens(3600).Hears(120))},
	{"server-store, 120 s, 3 regions", setting{strategy: "server-store", regions: 3, delay: "120s"}, closedform.Thief(3, 0, tokens(3600).Hears(120))},
	{"not-before, 120 s, 3 regions", setting{strategy: "not-before", regions: 3, delay: "120s"}, closedform.Thief(3, 0, tokens(3600).Hears(120))},
	{"denylist, exponential delay", setting{strategy: "denylist", regions: 2, delay: "exponential 5m", from: "other"}, tokens(3600).HearsExponentially(300)},
	// The last of two exponential messages: three halves of the mean of one, for a
	// life that is long against it.
	{"denylist, all regions", setting{strategy: "denylist", regions: 3, delay: "exponential 2s", from: "all"}, 3},
	{"denylist, lost messages", setting{strategy: "denylist", regions: 2, delay: "10s", loss: "0.2", from: "other"},
		0.8*tokens(3600).Hears(10) + 0.2*tokens(3600).Rest()},
	{"counter", setting{strategy: "apim-counter"}, tokens(3600).Blocked(60)},
	{"counter, 5 min of 5 min", setting{strategy: "{name: apim-counter, period: 300s}", lifetime: "5m"}, 0},
	{"counter, 300 s of 15 min", setting{strategy: "{name: apim-counter, period: 300s}", lifetime: "15m"}, tokens(900).Blocked(300)},
	{"counter, 3 regions", setting{strategy: "apim-counter", regions: 3}, closedform.Thief(3, tokens(3600).Blocked(60), tokens(3600).Rest())},
	{"counter, told after 10 s", setting{strategy: "{name: apim-counter, sync: 10s}", regions: 2, from: "other"}, tokens(3600).Hears(10) + tokens(3600).Blocked(60)},
	{"bucket", setting{strategy: "{name: apim-counter, tier: v2}"}, tokens(3600).Blocked(60)},
	{"bucket, increment 2", setting{strategy: "{name: apim-counter, tier: v2, increment: 2}"}, tokens(3600).Blocked(120)},
	{"counter over the limit only", setting{strategy: "{name: apim-counter, threshold: gt}"}, tokens(3600).Rest()},
	{"counter over the limit, increment 2", setting{strategy: "{name: apim-counter, threshold: gt, increment: 2}"}, tokens(3600).Blocked(60)},
}

func TestExposureIsAsTheClosedFormsHaveIt(t *testing.T) {
	for _, c := range truths {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := simulated(t, c.workload(t), nil)
			if !inside(s.Exposure.Mean, c.want) {
				t.Errorf("%d stolen tokens worked for %.4g s (95 %%: %.4g to %.4g), want %.4g", s.Exposure.Thefts, s.Exposure.Mean.Mean, s.Exposure.Mean.Lo, s.Exposure.Mean.Hi, c.want)
			}
			for _, check := range s.Checks {
				if !check.Agrees {
					t.Errorf("the study's own check of the %s: %g, want %g", check.What, check.Got.Mean, check.Want)
				}
			}
			if s.OverBlocks.Count > 0 {
				t.Errorf("%g live tokens were refused", s.OverBlocks.Count)
			}
		})
	}
}

// one is a decider whose regions are all the first.
type one struct{ world.Decider }

func (o one) Check(_ int, t *world.Token) (bool, error) { return o.Decider.Check(0, t) }
func (o one) End(_ int, t *world.Token) error           { return o.Decider.End(0, t) }

// What is wrong in a simulation is found by the closed forms.
func TestPlantedErrorsAreFound(t *testing.T) {
	shared := func(s *simulation.Strategy) {
		sound := s.New
		s.New = func(site world.Site) (world.Decider, error) {
			d, err := sound(site)
			return one{d}, err
		}
	}
	atOnce := func(s *simulation.Strategy) {
		sound := s.New
		s.New = func(site world.Site) (world.Decider, error) {
			site.Network = nil
			return sound(site)
		}
	}
	for name, c := range map[string]struct {
		setting
		plant func(*simulation.Strategy)
		want  float64
	}{
		"a window of 300 s for 60": {setting{strategy: "{name: apim-counter, period: 300s}"}, nil, tokens(3600).Blocked(60)},
		"a counter that regions share": {setting{strategy: "apim-counter", regions: 3, lifetime: "5m"}, shared,
			closedform.Thief(3, tokens(300).Blocked(60), tokens(300).Rest())},
		"a lost delay":       {setting{strategy: "denylist", regions: 3, delay: "120s"}, atOnce, closedform.Thief(3, 0, tokens(3600).Hears(120))},
		"half of the delay":  {setting{strategy: "denylist", regions: 3, delay: "60s"}, nil, closedform.Thief(3, 0, tokens(3600).Hears(120))},
		"messages not lost":  {setting{strategy: "denylist", regions: 2, delay: "10s", from: "other"}, nil, 0.8*tokens(3600).Hears(10) + 0.2*tokens(3600).Rest()},
		"a leeway forgotten": {setting{strategy: "client-side", lifetime: "5m"}, nil, tokens(300).Rest() + 30},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if s := simulated(t, c.workload(t), c.plant); inside(s.Exposure.Mean, c.want) {
				t.Errorf("%.4g s passes for %.4g", s.Exposure.Mean.Mean, c.want)
			}
		})
	}
}

// Thieves who steal at a constant rate get old tokens: two thirds of a life are
// over on average, not half.
func TestTheInspectionParadox(t *testing.T) {
	w := setting{strategy: "client-side", lifetime: "10m"}.workload(t)
	w.Thieves.Share, w.Thieves.PerHour, w.Users.Count = 0, 0.05, 2000
	s := simulated(t, w, nil)
	if want := tokens(600).RestOfStolen(); !inside(s.Exposure.Mean, want) {
		t.Errorf("%v, want %.4g", s.Exposure.Mean, want)
	}
	if wrong := tokens(600).Rest(); inside(s.Exposure.Mean, wrong) {
		t.Errorf("%v passes for the %.4g of a theft at any age", s.Exposure.Mean, wrong)
	}
}

func TestHowManyThievesSucceed(t *testing.T) {
	s := simulated(t, setting{strategy: "apim-counter", lifetime: "5m"}.workload(t), nil)
	m, r, q := 1/session, 1.0/30, 300-60.0
	d := -math.Expm1(-m * 300)
	again := tokens(300).WorksAfter(60)
	if got := 1 - s.Exposure.Zero.Mean; !inside(outcome.Interval{Mean: got, Hi: got + s.Exposure.Zero.Hi - s.Exposure.Zero.Mean, N: s.Exposure.Zero.N}, again) {
		t.Errorf("%.4f of the tokens work again, want %.4f", got, again)
	}
	want := again - m*math.Exp(-m*q)*math.Expm1((m-r)*q)/((m-r)*d)
	if !inside(s.Success.Interval, want) {
		t.Errorf("%v of the thieves succeed, want %.4f", s.Success.Interval, want)
	}
}

// Little's law, at every moment of a day that has busy hours.
func TestTheListHasTheSizeOfLittlesLaw(t *testing.T) {
	w := setting{strategy: "denylist"}.workload(t)
	w.Users.Count, w.Span, w.Thieves.Share, w.Tokens.Leeway = 3000, 24*60*60e9, 0, 30e9
	w.Users.Day = []float64{0, 0, 0, 0, 0, 0, 1, 4, 10, 9, 7, 6, 4, 8, 7, 6, 5, 3, 1, 1, 0, 0, 0, 0}
	s := simulated(t, w, nil)
	misses := 0
	for _, l := range s.List.Levels {
		if !inside(l.Entries, l.Formula) && math.Abs(l.Entries.Mean-l.Formula) > 1 {
			misses++
			t.Logf("after %g h: %.1f entries (95 %%: %.1f to %.1f), want %.1f", l.At/3600, l.Entries.Mean, l.Entries.Lo, l.Entries.Hi, l.Formula)
		}
	}
	if misses > len(s.List.Levels)/50 {
		t.Errorf("%d of %d levels lie outside", misses, len(s.List.Levels))
	}
	if mean := s.Checks[len(s.Checks)-1]; mean.Unit != "entries" || !inside(mean.Got, mean.Want) {
		t.Errorf("%v entries on average, want %.2f", mean.Got, mean.Want)
	}
}
