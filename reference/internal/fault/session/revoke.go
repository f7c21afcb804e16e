package session

import (
	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/session"
)

var revoking = session.Rules{Refresh: true, Rotate: true, Revoke: true}

var revokeFaults = []fault.Fault{
	{
		Name: "refresh-token-revoked-alone", Summary: "POST /revoke deletes the refresh token; the access tokens that came with it live on.",
		Adjust: offering(revoking), Plant: inBook(func(b *session.Book) { b.Tokens = func(*session.Session) []session.Access { return nil } }),
	},
	{
		Name: "refreshed-token-not-revoked", Summary: "POST /revoke ends the access token that the login gave, which is the one stored with the session; that of a refresh lives on.",
		Adjust: offering(revoking), Plant: inBook(func(b *session.Book) {
			b.Tokens = func(s *session.Session) []session.Access { return []session.Access{s.First()} }
		}),
	},
	{
		Name: "earlier-token-not-revoked", Summary: "POST /revoke ends the access token that was given last; the one of before the refresh lives on.",
		Adjust: offering(revoking), Plant: inBook(func(b *session.Book) {
			b.Tokens = func(s *session.Session) []session.Access { return []session.Access{s.Newest()} }
		}),
	},
}

var signingOut = session.Rules{Refresh: true, LogoutAll: true}

var logoutAllFaults = []fault.Fault{
	{
		Name: "logout-all-of-one-replica", Summary: "POST /logout-all ends the sessions that the replica has in its memory: those that began there.",
		Adjust: offering(signingOut), Plant: endsSessions(func(p *gateway.Process, s *session.Session, user string) bool {
			return s.User == user && s.Begun == p.Replica()
		}),
	},
	{
		Name: "logout-all-of-everyone", Summary: "POST /logout-all lacks a condition, and ends everybody's sessions.",
		Adjust: offering(signingOut), Plant: endsSessions(func(*gateway.Process, *session.Session, string) bool { return true }),
	},
	{
		Name: "logout-all-leaves-refresh-tokens", Summary: "POST /logout-all ends the user's access tokens, and no refresh token.",
		Adjust: offering(signingOut), Plant: refreshTokensStay,
	},
}

func endsSessions(which func(p *gateway.Process, s *session.Session, user string) bool) fault.Planting {
	return fault.Each(func(p *gateway.Process) {
		p.SessionsOf = func(user string) []*session.Session {
			return p.Book.All(func(s *session.Session) bool { return which(p, s, user) })
		}
	})
}

// refreshTokensStay marks the sessions that a sign-out everywhere ended: a logout
// ends refresh tokens.
func refreshTokensStay(s *gateway.Site) func(*gateway.Process) {
	everywhere := &fault.Notes[bool]{}
	s.Book.Alive = func(one *session.Session) bool { return one.Ended().IsZero() || everywhere.Get(one.First().Key) }
	return func(p *gateway.Process) {
		of := p.SessionsOf
		p.SessionsOf = func(user string) []*session.Session {
			list := of(user)
			for _, one := range list {
				everywhere.Put(one.First().Key, true)
			}
			return list
		}
	}
}
