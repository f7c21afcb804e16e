package scenarios

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
)

// Token is one token in a scenario. Its string is at hand for scenarios that
// respell it, and goes nowhere else.
type Token struct {
	// Name that the scenario gave it.
	Name string
	// Raw is the compact serialization (RFC 7515 section 7.1).
	Raw    string
	Header map[string]any
	Claims map[string]any
	user   User
	given  bool // had beforehand, and perhaps used before
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
}

// parseToken reads a JWT without verifying it: the suite is its holder, not
// its judge.
func parseToken(raw string) (*Token, error) {
	if strings.Contains(raw, " ") {
		return nil, errors.New("it is not a JWT: there is a space in it, as where the scheme stands before the token (login.command can cut it off)")
	}
	parts := strings.Split(raw, ".")
	if len(parts) == 5 {
		return nil, errors.New("it is an encrypted JWT (five parts); the suite needs to read exp from a signed one")
	}
	if len(parts) != 3 {
		return nil, fmt.Errorf("it is not a JWT: it has %d dot-separated parts, not 3", len(parts))
	}
	t := &Token{Raw: raw}
	if err := decodePart(parts[0], &t.Header); err != nil {
		return nil, fmt.Errorf("it is not a JWT: its header %w", err)
	}
	if err := decodePart(parts[1], &t.Claims); err != nil {
		return nil, fmt.Errorf("it is not a JWT: its claims %w", err)
	}
	t.of = t
	return t, nil
}

func decodePart(part string, into *map[string]any) error {
	b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(part, "="))
	if err != nil {
		return errors.New("are not base64url")
	}
	if err := json.Unmarshal(b, into); err != nil || *into == nil {
		return errors.New("are not a JSON object")
	}
	return nil
}

// instant reads a NumericDate claim (RFC 7519 section 2).
func (t *Token) instant(claim string) (time.Time, bool) {
	f, ok := t.Claims[claim].(float64)
	if !ok || math.Abs(f) > 1e13 {
		return time.Time{}, false
	}
	whole, frac := math.Modf(f)
	return time.Unix(int64(whole), int64(frac*1e9)), true
}

// Exp is when the token expires; false when it never does.
func (t *Token) Exp() (time.Time, bool) { return t.instant("exp") }

// Alg is the algorithm that the token's header names.
func (t *Token) Alg() string { s, _ := t.Header["alg"].(string); return s }

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

// derive makes another string that shares the token's life.
func (t *Token) derive(name, raw string) *Token {
	d := *t
	d.Name, d.Raw, d.of = name, raw, t.of
	return &d
}
