package fault

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

// Parts is a token in its parts, before anything is believed of it.
type Parts struct {
	Header, Claims map[string]any
	Signature      []byte
	raw, input     string // the whole, and what a signature would cover
}

// Text is a field of the header; "" if it is missing or not a string.
func (f Parts) Text(field string) string {
	s, _ := f.Header[field].(string)
	return s
}

// Token is the token that the parts make, of which nothing is verified.
func (f Parts) Token() *token.Token {
	return token.From(&jwt.Token{Raw: f.raw, Header: f.Header, Claims: jwt.MapClaims(f.Claims), Signature: f.Signature})
}

// SignedBy verifies with the algorithm that the token itself names.
func (f Parts) SignedBy(key any) bool {
	m := jwt.GetSigningMethod(f.Text("alg"))
	return m != nil && m.Alg() != "none" && m.Verify(f.input, f.Signature, key) == nil
}

// TakeApart decodes a token as loosely as a careless parser would; false if it
// is none.
func TakeApart(raw string) (Parts, bool) {
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return Parts{}, false
	}
	f := Parts{raw: raw, input: parts[0] + "." + parts[1]}
	if !decodeJSON(parts[0], &f.Header) || !decodeJSON(parts[1], &f.Claims) {
		return Parts{}, false
	}
	var err error
	f.Signature, err = base64.RawURLEncoding.DecodeString(parts[2])
	return f, err == nil
}

func decodeJSON(segment string, v any) bool {
	text, err := base64.RawURLEncoding.DecodeString(segment)
	return err == nil && json.Unmarshal(text, v) == nil
}

// AcceptForged plants a fault that accepts tokens which the verifier refuses, if
// taken is deceived by them and the claims hold.
func AcceptForged(taken func(*gateway.Process, Parts) bool) Planting {
	return Each(func(p *gateway.Process) {
		verify := p.Verify
		p.Verify = func(c gateway.Credential) (*token.Token, error) {
			t, err := verify(c)
			if err == nil {
				return t, nil
			}
			f, ok := TakeApart(c.Raw)
			if !ok || !taken(p, f) {
				return nil, err
			}
			t = f.Token()
			return t, token.NewVerifier(p.Keys, p.Rules()).Claims(t)
		}
	})
}

// BlankSignature is deceived by a token that names the right algorithm and is not
// signed.
func BlankSignature(p *gateway.Process, f Parts) bool {
	return len(f.Signature) == 0 && f.Text("alg") == p.Config.Alg
}

// Unsigned reads a token and checks everything but the signature. An error says
// what is wrong with the token.
func Unsigned(p *gateway.Process, raw string) (*token.Token, error) {
	t, err := token.Read(raw)
	if err != nil {
		return nil, err
	}
	return t, token.NewVerifier(p.Keys, p.Rules()).Claims(t)
}

// Unverified reads the claims of a token as they stand; false if there are none.
func Unverified(c gateway.Credential) (*gateway.Call, bool) {
	f, ok := TakeApart(c.Raw)
	if !ok {
		return nil, false
	}
	return &gateway.Call{Credential: c, Token: f.Token()}, true
}
