package store_test

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

// trial is one try of a rule. It keeps what fails.
type trial struct {
	testing.TB
	mu       sync.Mutex
	failures []string
}

func (r *trial) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

// holds requires that a rule holds. Where time flows by itself, a try in which
// the machine was slow can end an entry before it is looked for, and so proves
// nothing when it fails: the next has a longer unit, in a store of its own.
func holds(t *testing.T, check func(testing.TB, subject), open func() subject) {
	t.Helper()
	const tries = 3
	var failures []string
	for n := range tries {
		var slow bool
		s := open()
		s.unit <<= 2 * n
		if failures, slow = try(t, check, s); !slow {
			break
		}
		t.Logf("void for slowness: try %d, with a unit of %v: %q", n+1, s.unit, failures)
	}
	for _, text := range failures {
		t.Error(text)
	}
}

// try reports what failed, and whether the rule took so much longer than it let
// pass that an entry of one unit may have ended.
func try(t *testing.T, check func(testing.TB, subject), s subject) (failures []string, slow bool) {
	t.Helper()
	run := &trial{TB: t}
	began, pass, passed := time.Now(), s.pass, time.Duration(0)
	s.pass = func(d time.Duration) { pass(d); passed += d }
	check(run, s)
	return run.failures, len(run.failures) > 0 && time.Since(began)-passed > s.unit/2
}
