package clock_test

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
)

func TestMovableFlowsAndJumps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := clock.NewMovable()
		start := m.Now()
		time.Sleep(2 * time.Second)
		m.Advance(time.Hour)
		if got, want := m.Now().Sub(start), time.Hour+2*time.Second; got != want {
			t.Errorf("the clock moved by %v, want %v", got, want)
		}
	})
}

func TestStoppedMovesOnlyWhenAdvanced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := clock.NewStopped()
		start := m.Now()
		time.Sleep(time.Hour)
		m.Advance(time.Second)
		if got := m.Now().Sub(start); got != time.Second {
			t.Errorf("the clock moved by %v, want 1s", got)
		}
	})
}

func TestAdvanceNeverGoesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m clock.Movable
		start := m.Now()
		m.Advance(-time.Hour)
		if got := m.Now(); !got.Equal(start) {
			t.Errorf("the clock went from %v to %v", start, got)
		}
	})
}

func TestHooksSeeTheJumpAfterItHappened(t *testing.T) {
	m := clock.NewMovable()
	before := m.Now()
	var seen []time.Duration
	var at time.Time
	m.OnAdvance(func(d time.Duration) { seen = append(seen, d); at = m.Now() })
	m.OnAdvance(func(d time.Duration) { seen = append(seen, 2*d) })
	m.Advance(time.Minute)
	if len(seen) != 2 || seen[0] != time.Minute || seen[1] != 2*time.Minute {
		t.Errorf("hooks saw %v, want [1m 2m]", seen)
	}
	if at.Sub(before) < time.Minute {
		t.Errorf("the hook ran before the clock had moved: %v", at.Sub(before))
	}
}

func TestMovableIsSafeForConcurrentUse(t *testing.T) {
	m := clock.NewMovable()
	start := m.Now()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			m.OnAdvance(func(time.Duration) {})
			m.Advance(time.Hour)
			m.Now()
		})
	}
	wg.Wait()
	if got := m.Now().Sub(start); got < 8*time.Hour {
		t.Errorf("advanced by %v, want at least 8h", got)
	}
}

func TestSystemIsTheMachinesClock(t *testing.T) {
	before := time.Now()
	got := clock.System().Now()
	if got.Before(before) || got.After(time.Now()) {
		t.Errorf("System().Now() = %v, outside the interval of the call", got)
	}
}
