package session

import (
	"context"
	"errors"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/session"
)

var refreshFaults = []fault.Fault{
	{
		Name: "refresh-takes-dead-token", Summary: "POST /refresh verifies the access token that it is sent, and does not ask whether it was logged out.",
		Adjust: offering(session.Rules{Refresh: true, ByAccessToken: true}), Plant: refreshesDeadTokens,
	},
	{
		Name: "refresh-token-outlives-logout", Summary: "A logout ends the access token; the refresh token stays in its table.",
		Adjust: offering(session.Rules{Refresh: true}), Plant: inBook(func(b *session.Book) { b.Alive = func(*session.Session) bool { return true } }),
	},
	{
		Name: "session-forgotten-at-exp", Summary: "That a session has ended is kept for as long as its last access token lives, and its refresh token lives longer.",
		Adjust: offering(session.Rules{Refresh: true}), Plant: forgottenAtExp,
	},
	{
		Name: "rotated-token-outlives-logout", Summary: "A logout ends the refresh token of the login, and not those that came after it.",
		Adjust: offering(session.Rules{Refresh: true, Rotate: true}), Plant: inBook(func(b *session.Book) {
			b.Alive = func(s *session.Session) bool { return s.Ended().IsZero() || s.First().Key != s.Newest().Key }
		}),
	},
	{
		Name: "refresh-clears-revocations", Summary: "A refresh counts as a sign that the user is back, and takes the user's tokens off the deny-list.",
		Adjust: offering(session.Rules{Refresh: true}), Plant: clearsAtRefresh,
	},
	{
		Name: "refresh-tokens-by-user", Summary: "Refresh tokens are kept by user, and the logout of one session empties the user's list.",
		Adjust: offering(session.Rules{Refresh: true}), Plant: func(s *gateway.Site) func(*gateway.Process) {
			s.Book.Over = func(ended *session.Session) { voidAll(s.Book, ended.User) }
			return func(*gateway.Process) {}
		},
	},
	{
		Name: "other-refresh-tokens-stay", Summary: "A logout ends all of a user's access tokens, and the refresh token of the session that asks.",
		Adjust: func(cfg *gateway.Config) {
			fault.EndAllSessions(cfg)
			offering(session.Rules{Refresh: true})(cfg)
		},
		Plant: fault.Each(func(p *gateway.Process) {
			p.SessionsWith = func(s *session.Session) []*session.Session { return []*session.Session{s} }
		}),
	},
}

// offering sets what the gateway offers.
func offering(rules session.Rules) func(*gateway.Config) {
	return func(cfg *gateway.Config) { cfg.Sessions = rules }
}

// inBook plants a fault in what is known of sessions.
func inBook(change func(*session.Book)) fault.Planting {
	return func(s *gateway.Site) func(*gateway.Process) {
		change(s.Book)
		return func(*gateway.Process) {}
	}
}

func refreshesDeadTokens(s *gateway.Site) func(*gateway.Process) {
	s.Book.Alive = func(*session.Session) bool { return true }
	return func(p *gateway.Process) { p.AdmitRefresh = p.Identify }
}

func forgottenAtExp(s *gateway.Site) func(*gateway.Process) {
	s.Book.Alive = func(one *session.Session) bool {
		return one.Ended().IsZero() || one.Newest().Token.Expires.Before(s.Config.Clock.Now())
	}
	return func(*gateway.Process) {}
}

func clearsAtRefresh(*gateway.Site) func(*gateway.Process) {
	refreshed, ended := &fault.Notes[time.Time]{}, &fault.Notes[time.Time]{}
	return func(p *gateway.Process) {
		renew, end, check := p.Renew, p.End, p.Check
		p.Renew = func(raw string, issue func(string) (session.Access, error)) (session.Access, string, error) {
			a, next, err := renew(raw, issue)
			if err == nil {
				refreshed.Put(a.Token.Subject, time.Now())
			}
			return a, next, err
		}
		p.End = func(ctx context.Context, c *gateway.Call) error {
			ended.Put(p.Key(c), time.Now())
			return end(ctx, c)
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			err := check(ctx, c)
			if at := ended.Get(p.Key(c)); errors.Is(err, gateway.ErrRevoked) && !at.IsZero() && refreshed.Get(c.Token.Subject).After(at) {
				return nil
			}
			return err
		}
	}
}

func voidAll(b *session.Book, user string) {
	for _, s := range b.All(session.OfUser(user)) {
		session.Void(s)
	}
}
