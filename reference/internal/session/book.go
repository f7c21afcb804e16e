package session

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"sync"
	"time"
)

// ErrRefused is of what buys nothing.
var ErrRefused = errors.New("the refresh token is not valid")

// Book keeps the sessions of a site, for all its replicas. What it decides by
// stands in fields, which a fault replaces before anything is served.
type Book struct {
	rules Rules
	now   func() time.Time

	// Alive reports whether a session can be refreshed.
	Alive func(s *Session) bool
	// Reusable reports whether a used refresh token may be used again.
	Reusable func(u *Use) bool
	// Reused, Stale and Over are what else happens when a used refresh token is
	// refused, when one of an ended session is, and when a session has ended. The
	// session is not locked.
	Reused, Stale, Over func(s *Session)
	// Tokens are those that end with their session.
	Tokens func(s *Session) []Access
	// Between, unless it is nil, happens between the look at a session and the issue
	// of its token, and nothing keeps the session as it was meanwhile.
	Between func()

	mu        sync.Mutex
	sessions  []*Session
	byAccess  map[string]*Session
	byRefresh map[string]*Session
	crowded   int // how many there may be before those that expired are dropped
}

// NewBook is an empty book, by a clock.
func NewBook(rules Rules, now func() time.Time) *Book {
	b := &Book{rules: rules, now: now, byAccess: map[string]*Session{}, byRefresh: map[string]*Session{}}
	b.Alive = func(s *Session) bool { return s.ended.IsZero() }
	b.Reusable = func(u *Use) bool { return u.At.IsZero() || now().Sub(u.At) < rules.Grace }
	b.Reused, b.Stale, b.Over = b.reused, func(*Session) {}, func(*Session) {}
	b.Tokens = func(s *Session) []Access { return s.access }
	return b
}

// Begin keeps a new session and gives its refresh token.
func (b *Book) Begin(user, replica string, first Access) (refresh string) {
	s := &Session{User: user, Begun: replica, access: []Access{first}, refresh: map[string]*Use{}, expires: b.now().Add(RefreshLife)}
	refresh = s.give()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.dropExpired()
	b.sessions = append(b.sessions, s)
	b.byAccess[first.Key], b.byRefresh[digest(refresh)] = s, s
	return refresh
}

// dropExpired keeps a book that is used for long from growing for ever.
func (b *Book) dropExpired() {
	if len(b.sessions) < max(b.crowded, 1000) {
		return
	}
	gone := func(s *Session) bool { return s.expires.Before(b.now()) }
	for _, index := range []map[string]*Session{b.byAccess, b.byRefresh} {
		for key, s := range index {
			if gone(s) {
				delete(index, key)
			}
		}
	}
	b.sessions = slices.DeleteFunc(b.sessions, gone)
	b.crowded = 2 * len(b.sessions)
}

// Renew buys a token with a refresh token, which issue issues for a user. The error
// is ErrRefused or issue's.
func (b *Book) Renew(raw string, issue func(user string) (Access, error)) (a Access, next string, err error) {
	s := b.find(b.byRefresh, digest(raw))
	if s == nil {
		return a, "", ErrRefused
	}
	a, next, after, err := b.renew(s, raw, issue)
	if after != nil {
		after(s)
	}
	if err == nil {
		b.keep(s, a, next)
	}
	return a, next, err
}

// renew gives what else is to happen once the session is unlocked.
func (b *Book) renew(s *Session, raw string, issue func(user string) (Access, error)) (a Access, next string, after func(*Session), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	use := s.refresh[digest(raw)]
	switch {
	case !b.Alive(s) || s.expires.Before(b.now()):
		return a, "", b.Stale, ErrRefused
	case use.Void:
		return a, "", nil, ErrRefused
	case b.rules.Rotate && !use.At.IsZero() && !b.Reusable(use):
		return a, "", b.Reused, ErrRefused
	}
	a, err = b.issue(s, issue)
	if err != nil {
		return a, "", nil, err
	}
	return a, s.next(raw, b.rules.Rotate, b.now()), nil, nil
}

func (b *Book) issue(s *Session, issue func(user string) (Access, error)) (Access, error) {
	if b.Between != nil {
		s.mu.Unlock()
		b.Between()
		s.mu.Lock()
	}
	a, err := issue(s.User)
	if err == nil {
		s.access = append(s.access, a)
	}
	return a, err
}

// RenewAccess buys a token with an access token, by its key.
func (b *Book) RenewAccess(key string, issue func(user string) (Access, error)) (Access, error) {
	s := b.find(b.byAccess, key)
	if s == nil {
		return Access{}, ErrRefused
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !b.Alive(s) {
		return Access{}, ErrRefused
	}
	a, err := b.issue(s, issue)
	if err == nil {
		b.keep(s, a, "")
	}
	return a, err
}

func (b *Book) keep(s *Session, a Access, refresh string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.byAccess[a.Key] = s
	if refresh != "" {
		b.byRefresh[digest(refresh)] = s
	}
}

func (b *Book) find(index map[string]*Session, key string) *Session {
	b.mu.Lock()
	defer b.mu.Unlock()
	return index[key]
}

// reused ends the family of a refresh token that was used again, where the rules
// have it.
func (b *Book) reused(s *Session) {
	if b.rules.EndsFamily {
		Void(s)
	}
}

// Void has none of a session's refresh tokens buy anything any more.
func Void(s *Session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.void()
}

// newRefreshToken has no meaning but in the book.
func newRefreshToken() string { return rand.Text() + rand.Text() }

// digest keeps refresh tokens out of the book.
func digest(raw string) string {
	sum := sha256.Sum256([]byte(raw))
	return hex.EncodeToString(sum[:])
}
