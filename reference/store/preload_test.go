package store

import (
	"context"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
)

// What is preloaded must be found by the look-ups that a strategy makes:
// otherwise a bench would measure an empty store.
func TestPreloadIsFound(t *testing.T) {
	const n = transacted + 5
	for name, open := range map[string]func() (Store, error){
		"memory":    func() (Store, error) { return NewBreakable(NewMemory(clock.System())), nil },
		"miniredis": func() (Store, error) { return OpenMiniredis(clock.System()) },
		"sqlite":    func() (Store, error) { return OpenSQLite("", clock.System()) },
	} {
		t.Run(name, func(t *testing.T) {
			s, err := open()
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = s.Close() }()
			for _, kind := range []Kind{Entry, CutOff} {
				if err := Preload(t.Context(), s, kind, n, time.Hour); err != nil {
					t.Fatal(err)
				}
			}
			if size, err := s.Len(t.Context()); err != nil || size != 2*n {
				t.Errorf("%d entries, want %d (%v)", size, 2*n, err)
			}
			if has, err := s.Has(t.Context(), preloaded(n-1)); !has || err != nil {
				t.Errorf("the last entry is not in the list: %v", err)
			}
			if g, err := s.Generation(t.Context(), preloaded(n-1)); g != 1 || err != nil {
				t.Errorf("the last cut-off is %d: %v", g, err)
			}
			ended, stop := context.WithCancel(t.Context())
			stop()
			if err := Preload(ended, s, Entry, n, time.Hour); err == nil {
				t.Error("a preload that was ended goes on")
			}
		})
	}
}
