package token

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Token is a token that was read. Whether it was verified depends on who
// made it: a Verifier returns verified ones only. It is for one goroutine: some
// of it is decoded when it is asked for.
type Token struct {
	Raw string // the compact form, as it was presented

	Issuer   string    // iss
	Subject  string    // sub
	ID       string    // jti; "" when there is none
	IssuedAt time.Time // iat; zero when there is none
	Expires  time.Time // exp; zero when there is none

	header, claims map[string]any
	signature      []byte
	payload        string // the claims as plain JSON, of a token that was read without maps
}

// Header is the JOSE header.
func (t *Token) Header() map[string]any {
	if t.header == nil && t.payload != "" {
		encoded, _, _ := strings.Cut(t.Raw, ".")
		text, _ := base64.RawURLEncoding.DecodeString(encoded) // it was read before, as was the JSON in it
		_ = json.Unmarshal(text, &t.header)
	}
	return t.header
}

// Claims are all claims; numbers are float64.
func (t *Token) Claims() map[string]any {
	if t.claims == nil && t.payload != "" {
		_ = json.Unmarshal([]byte(t.payload), &t.claims) // it was read before
	}
	return t.claims
}

// Signature is decoded.
func (t *Token) Signature() []byte {
	if t.signature == nil && t.payload != "" {
		t.signature, _ = base64.RawURLEncoding.DecodeString(t.Raw[strings.LastIndexByte(t.Raw, '.')+1:])
	}
	return t.signature
}

// WithClaims is a token that nobody signed and that has no text. Its other
// fields are for the caller to fill in.
func WithClaims(claims map[string]any) Token { return Token{claims: claims} }

// SigningInput is the text that the signature covers (RFC 7515, section 5.1):
// all spellings of one token share it.
func (t *Token) SigningInput() string {
	return t.Raw[:max(strings.LastIndexByte(t.Raw, '.'), 0)]
}

// Number is a numeric claim, and whether the token has it.
func (t *Token) Number(claim string) (number float64, ok bool) {
	if t.claims != nil || t.payload == "" {
		number, ok = t.claims[claim].(float64)
		return number, ok
	}
	members(t.payload, func(name, value string) bool {
		if name == claim {
			var n int64
			n, ok = integer(value)
			number = float64(n)
		}
		return true
	})
	return number, ok
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
		Raw: parsed.Raw, header: parsed.Header, claims: claims, signature: parsed.Signature,
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
