package session

import (
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/session"
)

var (
	rotating   = session.Rules{Refresh: true, Rotate: true}
	withGrace  = session.Rules{Refresh: true, Rotate: true, Grace: gracePeriod}
	endsFamily = session.Rules{Refresh: true, Rotate: true, EndsFamily: true}
)

const gracePeriod = 2 * time.Second

var reuseFaults = []fault.Fault{
	{
		Name: "used-refresh-token-accepted", Summary: "A refresh hands out another refresh token, and the used one stays good.",
		Adjust: offering(rotating), Plant: inBook(func(b *session.Book) { b.Reusable = func(*session.Use) bool { return true } }),
	},
	{
		Name: "only-last-use-remembered", Summary: "Refresh tokens are known as used by the one before the current one; an older one is taken for new.",
		Adjust: offering(rotating), Plant: inBook(func(b *session.Book) { b.Reusable = func(u *session.Use) bool { return u.At.IsZero() || u.Later > 1 } }),
	},
	{
		Name: "refresh-grace-begins-anew", Summary: "Each use of a used refresh token within its grace begins the grace anew.",
		Adjust: offering(withGrace), Plant: graceForUsed,
	},
	{
		Name: "no-grace", Summary: "A refresh token is refused from its first use on, though clients were promised a grace for answers that get lost.",
		Adjust: offering(withGrace), Plant: inBook(func(b *session.Book) { b.Reusable = func(u *session.Use) bool { return u.At.IsZero() } }),
	},
	{
		Name: "reuse-leaves-family", Summary: "A used refresh token is refused, and the thief's newer one stays good.",
		Adjust: offering(endsFamily), Plant: inBook(func(b *session.Book) { b.Reused = func(*session.Session) {} }),
	},
	{
		Name: "reuse-ends-all-sessions", Summary: "A used refresh token ends the refresh tokens of all the user's sessions.",
		Adjust: offering(endsFamily), Plant: inBook(func(b *session.Book) { b.Reused = func(s *session.Session) { voidAll(b, s.User) } }),
	},
}

// graceForUsed takes each use for the first one.
func graceForUsed(s *gateway.Site) func(*gateway.Process) {
	reusable := s.Book.Reusable
	s.Book.Reusable = func(u *session.Use) bool {
		again := reusable(u)
		if again && !u.At.IsZero() {
			u.At = s.Config.Clock.Now()
		}
		return again
	}
	return func(*gateway.Process) {}
}
