package token

import (
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// plain is a token whose claims were read without a map. It is what golang-jwt's
// validator holds against the rules, in one piece with the Token.
type plain struct {
	Token
	exp, nbf, iat jwt.NumericDate
	aud           jwt.ClaimStrings
	one           [1]string // of an audience that is one string
	seen          uint8     // registered claims read so far
}

// The registered claims that decide over a token (RFC 7519, section 4.1).
const (
	seenIss = 1 << iota
	seenSub
	seenAud
	seenExp
	seenNbf
	seenIat
	seenJTI
)

var _ jwt.Claims = (*plain)(nil)

// readPlain reads the claims of a token; nil where that needs the library, as
// with a claim that is there twice or is of a wrong type.
func readPlain(raw, payload string) *plain {
	t := &plain{Token: Token{Raw: raw, payload: payload}}
	if !members(payload, t.take) {
		return nil
	}
	t.IssuedAt, t.Expires = t.iat.Time, t.exp.Time
	return t
}

func (t *plain) take(name, value string) bool {
	switch name {
	case "iss":
		return t.text(seenIss, &t.Issuer, value)
	case "sub":
		return t.text(seenSub, &t.Subject, value)
	case "jti":
		return t.text(seenJTI, &t.ID, value)
	case "exp":
		return t.date(seenExp, &t.exp, value)
	case "nbf":
		return t.date(seenNbf, &t.nbf, value)
	case "iat":
		return t.date(seenIat, &t.iat, value)
	case "aud":
		return t.audience(value)
	}
	return true
}

// first is true of a claim that was not there before.
func (t *plain) first(claim uint8) bool {
	again := t.seen&claim != 0
	t.seen |= claim
	return !again
}

func (t *plain) text(claim uint8, to *string, value string) (ok bool) {
	*to, ok = unquoted(value)
	return ok && t.first(claim)
}

// date: 0 counts as no date, as it does with the library.
func (t *plain) date(claim uint8, to *jwt.NumericDate, value string) bool {
	seconds, ok := integer(value)
	if seconds != 0 {
		to.Time = time.Unix(seconds, 0).Truncate(jwt.TimePrecision)
	}
	return ok && t.first(claim)
}

func (t *plain) audience(value string) bool {
	if one, ok := unquoted(value); ok {
		t.one[0] = one
		t.aud = t.one[:]
		return t.first(seenAud)
	}
	if value[0] != '[' {
		return false
	}
	for list := value; list != "[]" && list != "]"; {
		element, _ := plainString(list[1:])
		t.aud = append(t.aud, strings.Trim(element, `"`))
		list = list[1+len(element):]
	}
	return t.first(seenAud)
}

// GetExpirationTime implements jwt.Claims.
func (t *plain) GetExpirationTime() (*jwt.NumericDate, error) { return present(&t.exp), nil }

// GetNotBefore implements jwt.Claims.
func (t *plain) GetNotBefore() (*jwt.NumericDate, error) { return present(&t.nbf), nil }

// GetIssuedAt implements jwt.Claims.
func (t *plain) GetIssuedAt() (*jwt.NumericDate, error) { return present(&t.iat), nil }

// GetAudience implements jwt.Claims.
func (t *plain) GetAudience() (jwt.ClaimStrings, error) { return t.aud, nil }

// GetIssuer implements jwt.Claims.
func (t *plain) GetIssuer() (string, error) { return t.Issuer, nil }

// GetSubject implements jwt.Claims.
func (t *plain) GetSubject() (string, error) { return t.Subject, nil }

func present(date *jwt.NumericDate) *jwt.NumericDate {
	if date.IsZero() {
		return nil
	}
	return date
}
