package propagation_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/internal/propagation"
	"github.com/revocheck/revocheck/reference/store"
)

// site is three replicas over one store, where the third hears nothing of the
// first.
type site struct {
	*testing.T
	clock *clock.Movable
	notes *propagation.Notes
	store *store.Memory
}

type network struct{}

func (network) Delay(from, to int, _ string) time.Duration {
	if from == 0 && to == 2 {
		return propagation.Never
	}
	return time.Duration(to+1) * time.Second
}

func (network) Longest(from int, _ string) time.Duration {
	if from == 0 {
		return propagation.Never
	}
	return 3 * time.Second
}

func newSite(t *testing.T) site {
	c := clock.NewStopped()
	return site{t, c, &propagation.Notes{}, store.NewMemory(c)}
}

func (s site) view(replica int) propagation.View {
	return propagation.View{Notes: s.notes, Network: network{}, Replica: replica, Now: s.clock.Now}
}

func (s site) add(replica int, key string, ttl time.Duration) {
	s.Helper()
	if err := s.view(replica).List(s.store).Add(context.Background(), key, ttl); err != nil {
		s.Fatal(err)
	}
}

func (s site) want(key string, known ...bool) {
	s.Helper()
	for replica, want := range known {
		if got, err := s.view(replica).List(s.store).Has(context.Background(), key); got != want || err != nil {
			s.Errorf("replica %d knows of %s: %t (%v), want %t", replica, key, got, err, want)
		}
	}
}

func TestAnEntryArrivesLateOrNever(t *testing.T) {
	s := newSite(t)
	s.add(0, "a", time.Hour)
	s.add(1, "b", time.Hour)
	s.want("a", true, false, false)
	s.clock.Advance(2*time.Second - 1)
	s.want("a", true, false, false)
	s.want("b", true, true, false)
	s.clock.Advance(1)
	s.want("a", true, true, false)
	s.clock.Advance(time.Second)
	s.want("a", true, true, false)
	s.want("b", true, true, true)
	s.clock.Advance(time.Hour)
	s.want("a", false, false, false)
}

// A replica at which the token is logged out again knows; one that knew of it
// does not forget it.
func TestASecondLogoutTakesNothingBack(t *testing.T) {
	s := newSite(t)
	s.add(0, "a", time.Hour)
	s.add(2, "a", time.Hour)
	s.want("a", true, false, true)
	s.add(1, "b", time.Hour)
	s.clock.Advance(time.Minute)
	s.want("b", true, true, true)
	s.add(2, "b", time.Hour)
	s.want("b", true, true, true)
}

func TestGenerationsArriveOneByOne(t *testing.T) {
	s := newSite(t)
	want := func(numbers ...int64) {
		t.Helper()
		for replica, want := range numbers {
			if got, err := s.view(replica).Generations(s.store).Generation(t.Context(), "u"); got != want || err != nil {
				t.Errorf("replica %d knows of generation %d (%v), want %d", replica, got, err, want)
			}
		}
	}
	raise := func(replica int, to int64) {
		t.Helper()
		if err := s.view(replica).Generations(s.store).Raise(t.Context(), "u", to, time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	raise(1, 1)
	s.clock.Advance(time.Second)
	raise(1, 2)
	want(1, 2, 0)
	s.clock.Advance(time.Second)
	want(2, 2, 0)
	s.clock.Advance(time.Second)
	want(2, 2, 1)
	s.clock.Advance(time.Second)
	want(2, 2, 2)
}

func TestNotesAreForgottenInTime(t *testing.T) {
	s := newSite(t)
	for i := range 200_000 {
		replica := 1
		if i%100 == 0 {
			replica = 0 // whose notes stay as long as the entry
		}
		s.add(replica, fmt.Sprint(i), time.Minute)
		s.clock.Advance(time.Millisecond)
	}
	// 3000 are on their way, and of the last minute's 60,000 one in a hundred.
	if n := s.notes.Len(); n > 2*(3000+600)+1 {
		t.Errorf("%d notes are kept", n)
	}
}
