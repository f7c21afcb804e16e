// Package token reads tokens as their holder does: without verifying them.
// It may change.
package token

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"
)

// LeastGiven is what a token that was obtained beforehand must have left to be
// used: a scenario must not take its expiry for a refusal.
const LeastGiven = time.Minute

// JWT is a signed token (RFC 7519).
type JWT struct {
	// Raw is the compact serialization (RFC 7515 section 7.1).
	Raw    string
	Header map[string]any
	Claims map[string]any
}

// Parse reads a JWT without verifying it: the suite is its holder, not
// its judge.
func Parse(raw string) (JWT, error) {
	if strings.Contains(raw, " ") {
		return JWT{}, errors.New("it is not a JWT: there is a space in it, as where the scheme stands before the token (login.command can cut it off)")
	}
	parts := strings.Split(raw, ".")
	if len(parts) == 5 {
		return JWT{}, errors.New("it is an encrypted JWT (five parts); the suite needs to read exp from a signed one")
	}
	if len(parts) != 3 {
		return JWT{}, fmt.Errorf("it is not a JWT: it has %d dot-separated parts, not 3", len(parts))
	}
	t := JWT{Raw: raw}
	if err := decodePart(parts[0], &t.Header); err != nil {
		return JWT{}, fmt.Errorf("it is not a JWT: its header %w", err)
	}
	if err := decodePart(parts[1], &t.Claims); err != nil {
		return JWT{}, fmt.Errorf("it is not a JWT: its claims %w", err)
	}
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

// Instant reads a NumericDate claim (RFC 7519 section 2).
func (t JWT) Instant(claim string) (time.Time, bool) {
	f, ok := t.Claims[claim].(float64)
	if !ok || math.Abs(f) > 1e13 {
		return time.Time{}, false
	}
	whole, frac := math.Modf(f)
	return time.Unix(int64(whole), int64(frac*1e9)), true
}

// Exp is when the token expires; false when it never does.
func (t JWT) Exp() (time.Time, bool) { return t.Instant("exp") }

// Alg is the algorithm that the token's header names.
func (t JWT) Alg() string { s, _ := t.Header["alg"].(string); return s }

// LeftAt is what the token has left, in seconds begun: one that was issued just
// now has lost a part of its first. 0 if it has no exp.
func (t JWT) LeftAt(now time.Time) time.Duration {
	exp, ok := t.Exp()
	if !ok {
		return 0
	}
	return time.Duration(math.Ceil(exp.Sub(now).Seconds())) * time.Second
}

// Signed is what of a token is signed (RFC 7515 section 5.1). It makes the token:
// ECDSA signs the same claims differently each time.
func Signed(raw string) string { return raw[:max(strings.LastIndexByte(raw, '.'), 0)] }
