package store_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/store"
)

// sessions are a store's, with the list that ends them.
type sessions interface {
	store.Sessions
	store.List
	Len(context.Context) (int, error)
}

func TestSessions(t *testing.T) {
	t.Run("memory", func(t *testing.T) {
		c := clock.NewStopped()
		endSessions(t, c, store.NewMemorySessions(c))
	})
	t.Run("sqlite", func(t *testing.T) {
		c := clock.NewStopped()
		s, err := store.OpenSQLite("", c)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		endSessions(t, c, s)
	})
}

func endSessions(t *testing.T, c *clock.Movable, s sessions) {
	t.Helper()
	open(t, s, "a1", "alice", time.Hour)
	open(t, s, "a2", "alice", time.Hour)
	open(t, s, "b1", "bob", store.Forever)
	wantActive(t, s, map[string]bool{"a1": true, "a2": true, "b1": true, "c1": false})

	if err := s.Add(t.Context(), "a1", time.Hour); err != nil {
		t.Fatal(err)
	}
	wantActive(t, s, map[string]bool{"a1": false, "a2": true, "b1": true})
	open(t, s, "a1", "alice", time.Hour) // the same token again does not revive it
	wantActive(t, s, map[string]bool{"a1": false})

	if err := s.EndUser(t.Context(), "alice"); err != nil {
		t.Fatal(err)
	}
	wantActive(t, s, map[string]bool{"a2": false, "b1": true})

	c.Advance(2 * time.Hour)
	open(t, s, "b2", "bob", time.Hour)
	wantActive(t, s, map[string]bool{"a2": false, "b1": true, "b2": true})
	if n, err := s.Len(t.Context()); n != 2 || err != nil {
		t.Errorf("Len() = %d, %v; want 2: those of alice have ended", n, err)
	}
}

func TestSQLiteFileOutlivesTheProcess(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sessions.db")
	for range 2 {
		s, err := store.OpenSQLite(file, clock.System())
		if err != nil {
			t.Fatal(err)
		}
		open(t, s, "k", "alice", time.Hour)
		wantActive(t, s, map[string]bool{"k": true})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSQLiteInMemorySurvivesACancelledQuery(t *testing.T) {
	s, err := store.OpenSQLite("", clock.System())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	open(t, s, "k", "alice", time.Hour)
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Active(cancelled, "k"); err == nil {
		t.Error("a cancelled query gave an answer")
	}
	wantActive(t, s, map[string]bool{"k": true})
}

func TestSQLiteThatCannotBeOpened(t *testing.T) {
	if _, err := store.OpenSQLite(filepath.Join(t.TempDir(), "no", "such", "dir", "x.db"), clock.System()); err == nil {
		t.Error("a file in a missing directory was opened")
	}
}

func open(t *testing.T, s store.Sessions, key, user string, ttl time.Duration) {
	t.Helper()
	if err := s.Open(t.Context(), key, user, ttl); err != nil {
		t.Fatal(err)
	}
}

func wantActive(t *testing.T, s store.Sessions, want map[string]bool) {
	t.Helper()
	for key, alive := range want {
		if got, err := s.Active(t.Context(), key); err != nil || got != alive {
			t.Errorf("Active(%q) = %v, %v; want %v", key, got, err, alive)
		}
	}
}
