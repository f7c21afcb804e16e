package loadgen

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestOutages(t *testing.T) {
	var s SideRecord
	for i, away := range []bool{false, true, true, false, false, true} {
		s.outage(float64(1000*i), float64(1000*i+900), away)
	}
	want := []Outage{{FromMs: 1000, ToMs: 2900, Over: true}, {FromMs: 5000, ToMs: 5900}}
	if len(s.Outages) != 2 || s.Outages[0] != want[0] || s.Outages[1] != want[1] {
		t.Errorf("%+v, want %+v", s.Outages, want)
	}
	for range 100 {
		s.outage(0, 1, false)
		s.outage(1, 2, true)
	}
	if len(s.Outages) != maxOutages {
		t.Errorf("%d outages are kept, want %d", len(s.Outages), maxOutages)
	}
}

// A target that goes away for a while and comes back must be told from one
// that stays away.
func TestBenchOfATargetThatRestarts(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	var calls atomic.Int64
	restart := func(r *http.Request) (int, error) {
		n := calls.Add(1)
		if n > 30 && n <= 80 {
			return 0, errors.New("dial tcp: connect: connection refused")
		}
		if n > 500 {
			stop() // several slices later
		}
		return sound(r)
	}
	p := shortPlan()
	p.Duration, p.Rounds = 5*time.Minute, 0
	r, err := Bench(ctx, p, Sides{Baseline: side("sound", sound), Subject: side("restarting", restart)})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Subject.Outages) == 0 || !r.Subject.Outages[0].Over || len(r.Baseline.Outages) > 0 {
		t.Errorf("outages %+v and %+v", r.Subject.Outages, r.Baseline.Outages)
	}
	if notes := strings.Join(r.Notes, "\n"); !strings.Contains(notes, "restarting left calls without an answer") || !strings.Contains(notes, "answered again") {
		t.Errorf("notes: %s", notes)
	}
}
