package pace

import (
	"testing"
	"time"
)

// testPacer has a clock that stands still and notes what it would sleep.
func testPacer(s Schedule, calls uint64, until time.Duration) (p *Pacer, slept *time.Duration) {
	slept = new(time.Duration)
	began := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	p = &Pacer{schedule: s, calls: calls, until: until, now: func() time.Time { return began },
		sleep: func(d time.Duration) { *slept += d }}
	return p, slept
}

func TestPacerWaitsUntilTheCallIsDue(t *testing.T) {
	p, slept := testPacer(Constant(100), 10, time.Minute)
	if wait, stop := p.Pace(3*ms, 1); wait != 0 || stop || *slept != 7*ms {
		t.Errorf("3 ms in, call 1 is due at 10 ms; slept %s, asked vegeta for %s, stop %v", *slept, wait, stop)
	}
}

func TestPacerSendsAnOverdueCallAtOnce(t *testing.T) {
	p, slept := testPacer(Constant(100), 10, time.Minute)
	if _, stop := p.Pace(45*ms, 2); stop || *slept != 0 {
		t.Errorf("an overdue call waited %s (stop %v)", *slept, stop)
	}
}

func TestPacerStops(t *testing.T) {
	p, _ := testPacer(Constant(100), 10, time.Second)
	if _, stop := p.Pace(0, 10); !stop {
		t.Error("it goes on after the last call")
	}
	if _, stop := p.Pace(1001*ms, 5); !stop {
		t.Error("it goes on after the time for late calls is over")
	}
}

// The due time of a call follows from the start of the attack, which the
// Pacer works out from vegeta's elapsed time.
func TestPacerKnowsTheStart(t *testing.T) {
	p, _ := testPacer(Constant(100), 10, time.Minute)
	p.Pace(2*ms, 0)
	if got, want := p.Due(5), p.now().Add(48*ms); !got.Equal(want) {
		t.Errorf("call 5 is due at %s, want %s", got, want)
	}
}
