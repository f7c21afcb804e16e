package token

import (
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Token is a token that was read. Whether it was verified depends on who
// made it: a Verifier returns verified ones only.
type Token struct {
	Raw       string         // the compact form, as it was presented
	Header    map[string]any // the JOSE header
	Claims    map[string]any // all claims; numbers are float64
	Signature []byte         // decoded

	Issuer   string    // iss
	Subject  string    // sub
	ID       string    // jti; "" when there is none
	IssuedAt time.Time // iat; zero when there is none
	Expires  time.Time // exp; zero when there is none
}

// SigningInput is the text that the signature covers (RFC 7515, section 5.1):
// all spellings of one token share it.
func (t *Token) SigningInput() string {
	return t.Raw[:max(strings.LastIndexByte(t.Raw, '.'), 0)]
}

// Number is a numeric claim, and whether the token has it.
func (t *Token) Number(claim string) (float64, bool) {
	n, ok := t.Claims[claim].(float64)
	return n, ok
}

// Read decodes a token and verifies nothing: any holder can have made it.
func Read(raw string) (*Token, error) {
	parsed, _, err := jwt.NewParser().ParseUnverified(raw, jwt.MapClaims{})
	if err != nil {
		return nil, err
	}
	return From(parsed), nil
}

// From is the Token of what golang-jwt parsed into MapClaims. Claims of a
// wrong type count as absent.
func From(parsed *jwt.Token) *Token {
	claims, _ := parsed.Claims.(jwt.MapClaims)
	t := &Token{
		Raw: parsed.Raw, Header: parsed.Header, Claims: claims, Signature: parsed.Signature,
	}
	t.Issuer, _ = claims["iss"].(string)
	t.Subject, _ = claims["sub"].(string)
	t.ID, _ = claims["jti"].(string)
	t.IssuedAt = instant(claims.GetIssuedAt())
	t.Expires = instant(claims.GetExpirationTime())
	return t
}

func instant(date *jwt.NumericDate, err error) time.Time {
	if date == nil || err != nil {
		return time.Time{}
	}
	return date.Time
}
