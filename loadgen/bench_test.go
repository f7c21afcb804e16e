package loadgen

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revocheck/revocheck/loadgen/limit"
	"github.com/revocheck/revocheck/loadgen/pace"
)

// classHeader carries the class of a call to the gateways of these tests.
const classHeader = "Test-Class"

// transport is a gateway without a network: a status for each call.
type transport func(*http.Request) (int, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) {
	status, err := f(r)
	if err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: status, Status: http.StatusText(status), Body: io.NopCloser(strings.NewReader("{}")), Request: r}, nil
}

func classOf(r *http.Request) (c Class) {
	_ = c.UnmarshalText([]byte(r.Header.Get(classHeader)))
	return c
}

// sound answers as a gateway should.
func sound(r *http.Request) (int, error) {
	if classOf(r).good() {
		return http.StatusOK, nil
	}
	return http.StatusUnauthorized, nil
}

func side(name string, answer transport) *Side {
	return &Side{Name: name, Transport: answer, NewRequest: func(ctx context.Context, c Call) (*http.Request, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://gateway.test/", nil)
		if err == nil {
			r.Header.Set(classHeader, c.Class.String())
		}
		return r, err
	}}
}

func shortPlan() Plan {
	return Plan{Schedule: pace.Constant(2000), Duration: 400 * time.Millisecond, Rounds: 3, Slice: 50 * time.Millisecond, WarmUp: -1, Seed: 1,
		Mix: allClasses, Timeout: time.Minute, MaxInFlight: 8}
}

func TestBenchOfASoundGatewayFindsNothing(t *testing.T) {
	r, err := Bench(t.Context(), shortPlan(), Sides{Baseline: side("a", sound), Subject: side("b", sound)})
	if err != nil {
		t.Fatal(err)
	}
	r.Judge(limit.Limits{})
	if r.Broken() || len(r.Pairs) == 0 {
		t.Errorf("%d pairs, limits %v", len(r.Pairs), r.Thresholds)
	}
	for _, rec := range []SideRecord{r.Baseline, r.Subject, r.Control} {
		if rec.Tally.Calls() == 0 || rec.Tally.Calls() != rec.Tally.Of(AsExpect) || rec.FromDue.Count() == 0 {
			t.Errorf("side %s: %+v", rec.Name, rec.Tally)
		}
		for c := range classes {
			if rec.Tally.Counts[c][AsExpect] == 0 {
				t.Errorf("side %s was never called with a %s token", rec.Name, c)
			}
		}
		if rec.FromDue.Max() < rec.FromSend.Max() {
			t.Errorf("side %s: latency from the due time is below that from the sending", rec.Name)
		}
	}
}

// Each gateway has one defect; the bench must count it as what it is.
func TestBenchFindsPlantedDefects(t *testing.T) {
	timeout := errors.New("context deadline exceeded (Client.Timeout exceeded while awaiting headers)")
	for name, c := range map[string]struct {
		answer transport
		want   Outcome
		fault  string
	}{
		"accepts the revoked": {func(r *http.Request) (int, error) {
			if classOf(r) == Revoked {
				return 200, nil
			}
			return sound(r)
		}, Leak, ""},
		"accepts the expired": {func(r *http.Request) (int, error) {
			if classOf(r) == Expired {
				return 200, nil
			}
			return sound(r)
		}, Lapse, ""},
		"refuses what it never saw": {func(r *http.Request) (int, error) {
			if classOf(r) == NeverSeen {
				return 401, nil
			}
			return sound(r)
		}, OverBlock, ""},
		"throttles":   {everyThird(429, nil), Fault, "throttled (429)"},
		"breaks":      {everyThird(500, nil), Fault, "unexpected status 500"},
		"times out":   {everyThird(0, timeout), Fault, "timeout"},
		"drops calls": {everyThird(0, io.ErrUnexpectedEOF), Fault, "connection closed without an answer"},
		"resets":      {everyThird(0, errors.New("read: connection reset by peer")), Fault, "connection reset"},
	} {
		r, err := Bench(t.Context(), shortPlan(), Sides{Baseline: side("sound", sound), Subject: side("faulty", c.answer)})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if r.Judge(limit.Limits{}); r.Subject.Tally.Of(c.want) == 0 || !r.Broken() {
			t.Errorf("%s: %+v, broken %v; want some %s", name, r.Subject.Tally, r.Broken(), c.want)
		}
		if c.fault != "" && r.Subject.Tally.Faults[c.fault] == 0 {
			t.Errorf("%s: faults %v, want %q", name, r.Subject.Tally.Faults, c.fault)
		}
	}
}

// everyThird lets the first calls through, for the preflight, and then spoils
// every third.
func everyThird(status int, err error) transport {
	var n atomic.Int64
	return func(r *http.Request) (int, error) {
		if i := n.Add(1); i > 20 && i%3 == 0 {
			return status, err
		}
		return sound(r)
	}
}

// refusedAfter answers n calls and is dead from then on.
func refusedAfter(n int64) transport {
	var calls atomic.Int64
	return func(r *http.Request) (int, error) {
		if calls.Add(1) > n {
			return 0, errors.New("dial tcp: connect: connection refused")
		}
		return sound(r)
	}
}

func TestBenchOfADeadTarget(t *testing.T) {
	r, err := Bench(t.Context(), shortPlan(), Sides{Baseline: side("sound", sound), Subject: side("dead", refusedAfter(0))})
	if r != nil || !errors.Is(err, ErrUnreachable) || !strings.Contains(err.Error(), "dead") || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("result %v, error %v", r, err)
	}
}

func TestBenchOfATargetThatDies(t *testing.T) {
	p := shortPlan()
	p.Duration, p.Rounds = time.Minute, 0
	r, err := Bench(t.Context(), p, Sides{Baseline: side("sound", sound), Subject: side("dying", refusedAfter(150))})
	if !errors.Is(err, ErrUnreachable) || r == nil {
		t.Fatalf("result %v, error %v", r, err)
	}
	if r.Subject.Tally.Faults["connection refused"] == 0 || !strings.Contains(r.Stopped, "dying") {
		t.Errorf("stopped %q, faults %v", r.Stopped, r.Subject.Tally.Faults)
	}
}

func TestBenchOfATargetThatHangs(t *testing.T) {
	var calls atomic.Int64
	hang := func(r *http.Request) (int, error) {
		if calls.Add(1) > 20 {
			<-r.Context().Done()
			return 0, r.Context().Err()
		}
		return sound(r)
	}
	p := shortPlan()
	p.Duration, p.Rounds, p.Timeout = time.Minute, 0, 200*time.Millisecond
	r, err := Bench(t.Context(), p, Sides{Baseline: side("sound", sound), Subject: side("hanging", hang)})
	if !errors.Is(err, ErrUnreachable) || r == nil {
		t.Fatalf("result %v, error %v", r, err)
	}
	if r.Subject.Tally.Faults["timeout"] == 0 || r.Subject.Tally.Unsent == 0 || r.Subject.Full == 0 {
		t.Errorf("faults %v, unsent %d, full slices %d", r.Subject.Tally.Faults, r.Subject.Tally.Unsent, r.Subject.Full)
	}
}

func TestBenchOfAnswersThatCannotBeJudged(t *testing.T) {
	moved := func(*http.Request) (int, error) { return 302, nil }
	_, err := Bench(t.Context(), shortPlan(), Sides{Baseline: side("sound", sound), Subject: side("moved", moved)})
	if !errors.Is(err, ErrUnjudged) {
		t.Errorf("error %v", err)
	}
}

func TestBenchSaysWhenTheHarnessBreaks(t *testing.T) {
	broken := side("broken", sound)
	good, calls := broken.NewRequest, atomic.Int64{}
	broken.NewRequest = func(ctx context.Context, c Call) (*http.Request, error) {
		if calls.Add(1) > 20 {
			return nil, errors.New("no token left")
		}
		return good(ctx, c)
	}
	_, err := Bench(t.Context(), shortPlan(), Sides{Baseline: side("sound", sound), Subject: broken})
	if err == nil || errors.Is(err, ErrUnreachable) || !strings.Contains(err.Error(), "no token left") {
		t.Errorf("error %v", err)
	}
}

func TestAnInterruptedBenchReportsWhatWasDone(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	p := shortPlan()
	p.Duration, p.Rounds = time.Minute, 0
	var calls atomic.Int64
	answer := func(r *http.Request) (int, error) {
		if calls.Add(1) == 500 {
			stop()
		}
		return sound(r)
	}
	r, err := Bench(ctx, p, Sides{Baseline: side("sound", sound), Subject: side("b", answer)})
	if err != nil || r == nil || !strings.Contains(r.Stopped, "interrupted") {
		t.Errorf("result %+v, error %v", r, err)
	}
}

func TestStormTokensAreReplayedOnlyAfterTheirLogout(t *testing.T) {
	ended := make(chan uint64, 10_000)
	s := side("storm", sound)
	s.NewLogout = func(ctx context.Context, n uint64) (*http.Request, error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://gateway.test/logout", nil)
		ended <- n
		return r, err
	}
	replays := atomic.Int64{}
	call := s.NewRequest
	known := map[uint64]bool{}
	s.NewRequest = func(ctx context.Context, c Call) (*http.Request, error) {
		if c.Stormed {
			replays.Add(1)
		}
		return call(ctx, c)
	}
	p := shortPlan()
	p.Storm, p.Mix, p.MaxInFlight = 500, Mix{Live: 1, Revoked: 1}, 1 // one at a time: no lock needed below
	r, err := Bench(t.Context(), p, Sides{Baseline: side("sound", sound), Subject: s})
	if err != nil {
		t.Fatal(err)
	}
	close(ended)
	for n := range ended {
		if known[n] {
			t.Errorf("token %d is logged out twice", n)
		}
		known[n] = true
	}
	if r.Subject.Tally.Logouts == 0 || replays.Load() == 0 || r.Baseline.Tally.Logouts != 0 {
		t.Errorf("%d logouts, %d replays", r.Subject.Tally.Logouts, replays.Load())
	}
}

func TestPrecisionStopsTheRunOrIsNotReached(t *testing.T) {
	p := shortPlan()
	p.Schedule, p.Slice, p.Precision, p.Duration, p.Rounds = pace.Constant(10_000), 10*time.Millisecond, 0.9, time.Minute, 0
	p.LateLimit = time.Minute
	r, err := Bench(t.Context(), p, Sides{Baseline: side("a", sound), Subject: side("b", sound)})
	if err != nil || !r.Precision.Reached || r.Precision.Got > 0.9 {
		t.Errorf("%+v, %v", r.Precision, err)
	}
	p.Precision, p.Duration = 1e-9, 200*time.Millisecond
	r, err = Bench(t.Context(), p, Sides{Baseline: side("a", sound), Subject: side("b", sound)})
	if err != nil || r.Precision.Reached {
		t.Errorf("%+v, %v", r.Precision, err)
	}
}

func TestPlansThatCannotRun(t *testing.T) {
	for name, change := range map[string]func(*Plan, *Sides){
		"no duration":    func(p *Plan, _ *Sides) { p.Duration = -1 },
		"no calls":       func(p *Plan, _ *Sides) { p.MaxInFlight = -1 },
		"no precision":   func(p *Plan, _ *Sides) { p.Precision = 2 },
		"a strange mix":  func(p *Plan, _ *Sides) { p.Mix = Mix{-1} },
		"no subject":     func(_ *Plan, s *Sides) { s.Subject = nil },
		"a side unnamed": func(_ *Plan, s *Sides) { s.Subject = &Side{} },
	} {
		p, s := shortPlan(), Sides{Baseline: side("a", sound), Subject: side("b", sound)}
		change(&p, &s)
		if r, err := Bench(t.Context(), p, s); err == nil || r != nil {
			t.Errorf("%s: it runs", name)
		}
	}
}
