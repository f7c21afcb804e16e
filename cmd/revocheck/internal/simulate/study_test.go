package simulate

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"github.com/revocheck/revocheck/loadgen/simulation"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
)

// busy has something of everything in it.
const busy = `
replications: 3
span: 3h
start: 8h
users: {count: 300, logins: 6, session: 20m, calls: 1, forget: 0.2, devices: 2, day: [0, 0, 0, 0, 0, 0, 1, 4, 10, 9, 7, 6, 4, 8, 7, 6, 5, 3, 1, 1, 0, 0, 0, 0]}
tokens: {lifetime: 15m, leeway: 30s}
thieves: {share: 0.3, every: 1m, after: exponential 1m}
regions: {count: 3, delay: lognormal 2s 1, loss: 0.01, roam: 0.1}
store: {latency: exponential 100ms, timeout: 1s}
events:
  - {at: 30m, outage: 10m}
  - {at: 1h, revoke: 100}
  - {at: 90m, restart: 2}
  - {at: 100m, fail_over: 2m}
  - {at: 2h, forget: true}
`

func parsed(t *testing.T, text string, names ...string) *workload.Workload {
	t.Helper()
	w, err := workload.Parse("test.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if w.Strategies = everyStrategy(); len(names) > 0 {
		w.Strategies = nil
		for _, name := range names {
			w.Strategies = append(w.Strategies, workload.Strategy{Name: name})
		}
	}
	return w
}

func studied(t *testing.T, w *workload.Workload, o simulation.Options) *outcome.Study {
	t.Helper()
	s, err := simulation.Run(context.Background(), w, strategies, o)
	if err != nil || s.Partial {
		t.Fatalf("%v, partial is %t", err, s.Partial)
	}
	return s
}

func stored(t *testing.T, s *outcome.Study) []byte {
	t.Helper()
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTheSameSeedGivesTheSameBytes(t *testing.T) {
	first := stored(t, studied(t, parsed(t, busy), simulation.Options{Parallel: 1, Sensitivity: true}))
	again := stored(t, studied(t, parsed(t, busy), simulation.Options{Parallel: 5, Sensitivity: true}))
	if !bytes.Equal(first, again) {
		t.Error("five worlds at once give another study than one after the other")
	}
	other := parsed(t, busy)
	other.Seed++
	if bytes.Equal(first, stored(t, studied(t, other, simulation.Options{}))) {
		t.Error("another seed gives the same study")
	}
}

// Users do the same whatever is decided about their tokens.
func TestUsersDoTheSameUnderEachStrategy(t *testing.T) {
	s := studied(t, parsed(t, busy, "client-side", "denylist", "not-before"), simulation.Options{})
	for i, slot := range s.Strategies[0].Timeline {
		for _, other := range s.Strategies[1:] {
			if o := other.Timeline[i]; o.Live != slot.Live || o.At != slot.At {
				t.Errorf("%s: %g sessions after %g s, want %g", other.Label, o.Live, slot.At, slot.Live)
			}
		}
	}
}

// quiet is a workload to which one event is added.
const quiet = `
replications: 2
span: 2h
users: {count: 400, logins: 24, session: 20m, calls: 2}
tokens: {lifetime: 30m}
thieves: {share: 0.5, every: 30s}
`

// when sums a figure over the slots within a time, and outside of it.
func when(s outcome.Strategy, from, to float64, figure func(outcome.Slot) float64) (within, outside float64) {
	for _, slot := range s.Timeline {
		if slot.At >= from && slot.At+slot.Length <= to {
			within += figure(slot)
		} else {
			outside += figure(slot)
		}
	}
	return within, outside
}

var (
	unavailable    = func(s outcome.Slot) float64 { return s.Unavailable }
	unasked        = func(s outcome.Slot) float64 { return s.Unasked }
	refusedLogouts = func(s outcome.Slot) float64 { return s.RefusedLogouts }
	leaking        = func(s outcome.Slot) float64 { return s.Leaks }
	wrong          = func(s outcome.Slot) float64 { return s.OverBlocks }
)

func TestAnOutageUnderEachPosture(t *testing.T) {
	const outage = "events: [{at: 30m, outage: 10m}]\n"
	for posture, want := range map[string]struct{ unavailable, unasked, leaks bool }{
		"closed": {true, false, false}, "open": {false, true, true},
	} {
		s := studied(t, parsed(t, quiet+outage+"store: {posture: "+posture+"}\n", "denylist"), simulation.Options{}).Strategies[0]
		for name, c := range map[string]struct {
			figure func(outcome.Slot) float64
			want   bool
		}{"calls refused for it": {unavailable, want.unavailable}, "calls let through unasked": {unasked, want.unasked}, "logouts refused": {refusedLogouts, true}, "leaks": {leaking, want.leaks}, "wrong refusals": {wrong, false}} {
			within, outside := when(s, 1800, 2400, c.figure)
			if (within > 0) != c.want || outside > 0 {
				t.Errorf("posture %s: %s: %g in the outage, %g outside of it", posture, name, within, outside)
			}
		}
		if s.Exposure.Unended == 0 {
			t.Errorf("posture %s: no stolen token lived on because its logout was refused", posture)
		}
	}
}

func TestWhatHappensToAStore(t *testing.T) {
	for name, c := range map[string]struct {
		workload, strategy string
		leaks, wrong       bool
	}{
		"nothing":                            {"", "denylist", false, false},
		"a deny-list is lost":                {"events: [{at: 1h, forget: true}]", "denylist", true, false},
		"sessions are lost":                  {"events: [{at: 1h, forget: true}]", "server-store", false, true},
		"cut-offs are lost":                  {"events: [{at: 1h, forget: true}]", "not-before", true, false},
		"a fail-over loses five minutes":     {"events: [{at: 1h, fail_over: 5m}]", "denylist", true, false},
		"a fail-over loses logouts":          {"events: [{at: 1h, fail_over: 5m}]", "server-store", true, false},
		"there is no room for all":           {"store: {entries: 20}", "denylist", true, false},
		"there is room for all":              {"store: {entries: 100_000}", "denylist", false, false},
		"a gateway restarts":                 {"events: [{at: 1h, restart: 1}]", "denylist", false, false},
		"half of the tokens are revoked":     {"events: [{at: 1h, revoke: 70}]", "denylist", false, false},
		"nothing, with cut-offs":             {"", "not-before", false, false},
		"nothing, with sessions":             {"", "server-store", false, false},
		"the store is asked again and again": {"store: {latency: exponential 100ms, timeout: 300ms}", "denylist", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := studied(t, parsed(t, quiet+c.workload+"\n", c.strategy), simulation.Options{}).Strategies[0]
			if got := s.Leaks.Count > 0; got != c.leaks {
				t.Errorf("%g leaks", s.Leaks.Count)
			}
			if got := s.OverBlocks.Count > 0; got != c.wrong {
				t.Errorf("%g live tokens were refused", s.OverBlocks.Count)
			}
		})
	}
}

func TestARestartForgetsTheCountersOfARegion(t *testing.T) {
	of := func(text string) outcome.Exposure {
		w := parsed(t, quiet+text, "apim-counter")
		w.Strategies[0].Period, w.Thieves.From, w.Thieves.Share = 300e9, workload.Home, 1
		return studied(t, w, simulation.Options{}).Strategies[0].Exposure
	}
	with, without := of("regions: {count: 2}\nevents: [{at: 1h, restart: 1}]\n"), of("regions: {count: 2}\n")
	if with.Mean.Mean <= without.Mean.Mean {
		t.Errorf("tokens work for %g s with a restart, %g without", with.Mean.Mean, without.Mean.Mean)
	}
}

// A mass revocation is there at once, and whoever it ended logs in again.
func TestManyAreRevokedAtOnce(t *testing.T) {
	s := studied(t, parsed(t, quiet+"events: [{at: 1h, revoke: 80}]\n", "denylist"), simulation.Options{}).Strategies[0]
	plain := studied(t, parsed(t, quiet, "denylist"), simulation.Options{}).Strategies[0]
	logouts := func(s outcome.Slot) float64 { return s.Logouts }
	logins := func(s outcome.Slot) float64 { return s.Logins }
	at, _ := when(s, 3600, 3660, logouts)
	before, _ := when(plain, 3600, 3660, logouts)
	if more := at - before; more < 79 || more > 81 {
		t.Errorf("%g tokens more are ended in that minute, want 80", more)
	}
	again, _ := when(s, 3600, 5400, logins)
	usual, _ := when(plain, 3600, 5400, logins)
	if more := again - usual; more < 60 || more > 81 {
		t.Errorf("%g users more log in within half an hour, want nearly 80", more)
	}
}

func TestAnEarlyEndGivesWhatIsFinished(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	w := parsed(t, quiet, "client-side", "denylist")
	w.Replications, w.Users.Calls, w.Thieves.Share = 50, 20, 0.1
	s, err := simulation.Run(ctx, w, strategies, simulation.Options{Parallel: 1, Progress: func(share float64) {
		if share > 0.1 {
			cancel()
		}
	}})
	if err != nil || !s.Partial || s.Why == "" || s.Replications < 1 || s.Replications >= s.Planned || len(s.Strategies) != 2 {
		t.Errorf("%v, partial is %t (%q), %d of %d replications", err, s.Partial, s.Why, s.Replications, s.Planned)
	}
	cancelled, stop := context.WithCancel(context.Background())
	stop()
	s, err = simulation.Run(cancelled, w, strategies, simulation.Options{})
	if err != nil || !s.Partial || s.Replications != 0 || s.Answer == "" {
		t.Errorf("%v, partial is %t, %d replications", err, s.Partial, s.Replications)
	}
}

func TestAnUnknownStrategyIsNamed(t *testing.T) {
	if _, err := simulation.Run(context.Background(), parsed(t, quiet, "hope"), strategies, simulation.Options{}); err == nil {
		t.Error("there is no error")
	}
}
