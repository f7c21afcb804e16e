package session

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/session"
)

var racingFaults = []fault.Fault{
	{
		Name: "refresh-checks-then-issues", Summary: "A refresh looks whether its session lives, and issues a token a moment later, whatever came between.",
		Adjust: offering(session.Rules{Refresh: true}), Plant: inBook(func(b *session.Book) { b.Between = func() { time.Sleep(10 * fault.Overlap) } }),
	},
	{
		Name: "late-refresh-is-theft", Summary: "A refresh that comes just after the logout of its session is taken for theft, and ends the refresh tokens of all the user's sessions.",
		Adjust: offering(session.Rules{Refresh: true}), Plant: inBook(func(b *session.Book) {
			b.Stale = func(s *session.Session) {
				if time.Since(s.EndedOurs()) < grace {
					voidAll(b, s.User)
				}
			}
		}),
	},
}
