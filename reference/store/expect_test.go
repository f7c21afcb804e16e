package store_test

import (
	"testing"
	"time"
)

func add(t testing.TB, s subject, key string, ttl time.Duration) {
	t.Helper()
	if err := s.Add(t.Context(), key, ttl); err != nil {
		t.Errorf("Add(%q, %v): %v", key, ttl, err)
	}
}

func raise(t testing.TB, s subject, user string, to int64) {
	t.Helper()
	if err := s.Raise(t.Context(), user, to, s.unit); err != nil {
		t.Errorf("Raise(%q, %d): %v", user, to, err)
	}
}

func joinFor(t testing.TB, s subject, user string, ttl time.Duration) int64 {
	t.Helper()
	n, err := s.Join(t.Context(), user, ttl)
	if err != nil {
		t.Errorf("Join(%q, %v): %v", user, ttl, err)
	}
	return n
}

func wantJoin(t testing.TB, s subject, user string, want int64) {
	t.Helper()
	if got := joinFor(t, s, user, s.unit); got != want {
		t.Errorf("Join(%q) = %d, want %d", user, got, want)
	}
}

func wantHas(t testing.TB, s subject, key string, want bool) {
	t.Helper()
	got, err := s.Has(t.Context(), key)
	if err != nil || got != want {
		t.Errorf("Has(%q) = %v, %v; want %v", key, got, err, want)
	}
}

func wantGeneration(t testing.TB, s subject, user string, want int64) {
	t.Helper()
	got, err := s.Generation(t.Context(), user)
	if err != nil || got != want {
		t.Errorf("Generation(%q) = %d, %v; want %d", user, got, err, want)
	}
}

func wantLen(t testing.TB, s subject, want int) {
	t.Helper()
	got, err := s.Len(t.Context())
	if err != nil || got != want {
		t.Errorf("Len() = %d, %v; want %d", got, err, want)
	}
}
