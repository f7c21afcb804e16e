package session

import (
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference/token"
)

// Access is an access token of a session.
type Access struct {
	Key   string // under which a store knows it
	Raw   string
	Token *token.Token
}

// Session is what came of one login.
type Session struct {
	User  string
	Begun string // the replica at which it began

	mu      sync.Mutex
	access  []Access
	refresh map[string]*Use // by the refresh token's digest
	newest  *Use
	ended   time.Time // zero while it lives
	ours    time.Time // the same by the machine's clock
	expires time.Time
}

// Use is what is known of one refresh token.
type Use struct {
	At    time.Time // of its first use; zero before that
	Later int       // how many have come after it
	Void  bool      // it buys nothing any more
}

// Ended is when the session ended; the zero time if it lives.
func (s *Session) Ended() time.Time { return s.ended }

// EndedOurs is the same by the machine's clock, for a fault that is a matter of
// moments.
func (s *Session) EndedOurs() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.ours
}

// Newest is the access token that was issued last.
func (s *Session) Newest() Access { return s.access[len(s.access)-1] }

// First is the access token of the login.
func (s *Session) First() Access { return s.access[0] }

// void has none of the refresh tokens buy anything any more.
func (s *Session) void() {
	for _, u := range s.refresh {
		u.Void = true
	}
}

// next is the session's next refresh token: another one, or the same.
func (s *Session) next(raw string, rotate bool, now time.Time) string {
	if !rotate {
		return raw
	}
	if u := s.refresh[digest(raw)]; u != nil && u.At.IsZero() {
		u.At = now
	}
	return s.give()
}

func (s *Session) give() string {
	raw := newRefreshToken()
	for _, u := range s.refresh {
		u.Later++
	}
	s.newest = &Use{}
	s.refresh[digest(raw)] = s.newest
	return raw
}
