package scenarios

import (
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/token"
)

// Token is one token in a scenario. Its string is at hand for scenarios that
// respell it, and goes nowhere else.
type Token struct {
	// Name that the scenario gave it.
	Name string
	token.JWT
	user  User
	given bool // obtained beforehand, and perhaps used before
	// asked and answered are when its login was, by the target's clock.
	asked, answered time.Time
	// of is the token whose life this one shares: itself, or the one it was
	// copied, respelled or forged from.
	of *Token
	// from is the token whose claims this one was signed with, if any.
	from *Token
	// ended is when the logout of the token that others are of was
	// acknowledged.
	ended time.Time
	// endedThere is the same by the target's clock, which may be moved.
	endedThere time.Time
	life       life // of the token that others are of
}

// String is the token's name and fingerprint: all that a report may say.
func (t *Token) String() string {
	if t == nil {
		return "no token"
	}
	return t.Name + "#" + report.Fingerprint(t.Raw)
}

// minted reports whether the suite has signed the token.
func (t *Token) minted() bool { return t != nil && t.of.from != nil }

func (t *Token) name() string {
	if t == nil {
		return "a call without a token"
	}
	return t.Name
}

func parseToken(raw string) (*Token, error) {
	jwt, err := token.Parse(raw)
	if err != nil {
		return nil, err
	}
	t := &Token{JWT: jwt}
	t.of = t
	return t, nil
}

// derive makes another string that shares the token's life.
func (t *Token) derive(name, raw string) *Token {
	d := *t
	d.Name, d.Raw, d.of = name, raw, t.of
	return &d
}

// TamperedSignature is a token whose signature does not verify.
func TamperedSignature(raw string) string { return token.TamperSignature(raw) }

// TamperedClaims is a token whose claims were changed in the middle, so that its
// signature does not verify.
func TamperedClaims(raw string) string { return token.TamperClaims(raw) }
