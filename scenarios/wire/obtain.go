package wire

import (
	"context"
	"fmt"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// Source gets a new token of a user from beside the gateway. Its errors hold no
// secret.
type Source func(ctx context.Context, u contract.User) (Granted, error)

// Granted is what a source gives.
type Granted struct {
	Token string // the access token
	// Answer is the JSON object that had it, which may have a refresh token too; nil
	// if there was none.
	Answer []byte
}

// Obtain begins a session by login.path or from the source, with a lifetime if it is
// more than 0, and says why there is none. away: it was the gateway that was
// away or broken.
func Obtain(ctx context.Context, n *Network, c contract.Contract, source Source, u contract.User, life time.Duration) (s Session, away bool, why string) {
	if c.LoginWay() != contract.ByPath {
		g, why := FromSource(ctx, n, c, source, u)
		return SessionIn(c, u, g.Token, Answer{Body: g.Answer}), false, why
	}
	a := n.Send(ctx, LoginOf(c, u, life), Accepted)
	raw, why := TokenIn(c, a)
	return SessionIn(c, u, raw, a), why != "" && a.Down(), why
}

// FromSource asks a target's own source for a token, at a pace, and says why there
// is none; nil for no source.
func FromSource(ctx context.Context, p Pace, c contract.Contract, source Source, u contract.User) (g Granted, why string) {
	g, err := AskSource(ctx, p, c, source, u)
	if err != nil {
		return Granted{}, err.Error()
	}
	return g, ""
}

// AskSource is FromSource with the error as it is: a *SourceError where the source
// knows what to look at.
func AskSource(ctx context.Context, p Pace, c contract.Contract, source Source, u contract.User) (g Granted, err error) {
	if source == nil {
		return g, fmt.Errorf("this kind of target has no %s", c.LoginWay())
	}
	if p != nil {
		if err := p.Wait(ctx); err != nil {
			return g, err
		}
	}
	return source(ctx, u)
}

// OfUser is the Key of a SourceError that is about the user's password.
const OfUser = "users[].password"

// SourceError is why a Source has no token, and which line of the target file to
// look at.
type SourceError struct {
	Key       string // of the target file, such as "login.oauth.token_url", or OfUser
	Seen, Fix string
	// Away: nothing answers, or what does is broken or busy.
	Away bool
}

func (e *SourceError) Error() string { return e.Seen + "; " + e.Fix }
