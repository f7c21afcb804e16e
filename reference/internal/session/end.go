package session

import (
	"errors"
	"time"
)

// Of gives the session of an access token, by its key; nil if there is none.
func (b *Book) Of(key string) *Session { return b.find(b.byAccess, key) }

// ByRefresh gives the session of a refresh token; nil if there is none.
func (b *Book) ByRefresh(raw string) *Session { return b.find(b.byRefresh, digest(raw)) }

// All are the sessions that a filter takes.
func (b *Book) All(take func(*Session) bool) []*Session {
	b.mu.Lock()
	defer b.mu.Unlock()
	var taken []*Session
	for _, s := range b.sessions {
		if take(s) {
			taken = append(taken, s)
		}
	}
	return taken
}

// OfUser takes the sessions of a user.
func OfUser(user string) func(*Session) bool { return func(s *Session) bool { return s.User == user } }

// End ends sessions: their refresh tokens, and each access token by end. A session
// of which a token could not be ended lives on.
func (b *Book) End(end func(Access) error, sessions ...*Session) error {
	var failed error
	for _, s := range sessions {
		if err := b.endOne(s, end); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		b.Over(s)
	}
	return failed
}

func (b *Book) endOne(s *Session, end func(Access) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.ended.IsZero() {
		return nil
	}
	for _, a := range b.Tokens(s) {
		if a.Token.Expires.IsZero() || a.Token.Expires.After(b.now().Add(-leeway)) {
			if err := end(a); err != nil {
				return err
			}
		}
	}
	s.ended, s.ours = b.now(), time.Now()
	return nil
}

// leeway is more than any gateway allows after exp.
const leeway = time.Hour
