package reference

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/token"
)

var forgeryFaults = []Fault{
	{Name: "alg-none-accepted", Summary: "A token with alg none is accepted.", Plant: Believe(algNone)},
	{Name: "alg-none-casing-accepted", Summary: "The algorithm none is forbidden in lower case only.", Plant: Believe(algNoneOddly)},
	{Name: "blank-signature-accepted", Summary: "A token with an empty signature is accepted.", Plant: Believe(BlankSignature)},
	{Name: "two-segments-accepted", Summary: "Claims that come without the segment of the signature are accepted.", Plant: Each(acceptTwoSegments)},
	{Name: "wrong-issuer-accepted", Summary: "A token of another issuer is accepted, if the key fits.", Plant: Each(ignoreIssuer)},
	{Name: "wrong-audience-accepted", Summary: "A token for another audience is accepted.", Plant: Each(ignoreAudience)},
	{Name: "issuer-by-prefix", Summary: "The issuer of a token need only begin with the gateway's own.", Plant: Each(compareIssuerPrefix)},
	{Name: "audience-by-part", Summary: "The audience of a token need only contain the gateway's own.", Plant: Each(compareAudiencePart)},
	{Name: "guessable-secret", Summary: "Tokens are signed with the secret \"secret\".", Plant: signWithWord},
}

// Forged is a token in its parts, before anything is believed of it.
type Forged struct {
	Header, Claims map[string]any
	input          string // what a signature would cover
	Signature      []byte
}

// Text is a field of the header; "" if it is missing or not a string.
func (f Forged) Text(field string) string {
	s, _ := f.Header[field].(string)
	return s
}

// TakeApart decodes a token as loosely as a careless parser would.
func TakeApart(raw string) (Forged, bool) {
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return Forged{}, false
	}
	f := Forged{input: parts[0] + "." + parts[1]}
	if !decodeJSON(parts[0], &f.Header) || !decodeJSON(parts[1], &f.Claims) {
		return Forged{}, false
	}
	var err error
	f.Signature, err = base64.RawURLEncoding.DecodeString(parts[2])
	return f, err == nil
}

func decodeJSON(segment string, v any) bool {
	text, err := base64.RawURLEncoding.DecodeString(segment)
	return err == nil && json.Unmarshal(text, v) == nil
}

// Believe accepts tokens that the verifier refuses, if the fault is taken in
// by them and the claims hold.
func Believe(taken func(*Process, Forged) bool) Planting {
	return Each(func(p *Process) {
		verify := p.Verify
		p.Verify = func(c Credential) (*token.Token, error) {
			t, err := verify(c)
			if err == nil {
				return t, nil
			}
			f, ok := TakeApart(c.Raw)
			if !ok || !taken(p, f) {
				return nil, err
			}
			t = token.From(&jwt.Token{Raw: c.Raw, Header: f.Header, Claims: jwt.MapClaims(f.Claims), Signature: f.Signature})
			return t, token.NewVerifier(p.Keys, p.Rules()).Claims(t)
		}
	})
}

func algNone(_ *Process, f Forged) bool { return f.Text("alg") == "none" }

func algNoneOddly(p *Process, f Forged) bool {
	return strings.EqualFold(f.Text("alg"), "none") && !algNone(p, f)
}

func BlankSignature(p *Process, f Forged) bool {
	return len(f.Signature) == 0 && f.Text("alg") == p.Config.Alg
}

func ignoreAudience(p *Process) { verifyBy(p, func(r *token.Rules) { r.Audience = "" }) }

func ignoreIssuer(p *Process) { verifyBy(p, func(r *token.Rules) { r.Issuer = "" }) }

func compareIssuerPrefix(p *Process) {
	ignoreIssuer(p)
	alsoRequire(p, func(t *token.Token) bool { return strings.HasPrefix(t.Issuer, Issuer) })
}

func compareAudiencePart(p *Process) {
	ignoreAudience(p)
	alsoRequire(p, func(t *token.Token) bool {
		audience, _ := jwt.MapClaims(t.Claims).GetAudience()
		return strings.Contains(strings.Join(audience, " "), Audience)
	})
}

func signWithWord(s *Site) func(*Process) {
	s.Keys = s.Keys.Guessable()
	return func(*Process) {}
}

func alsoRequire(p *Process, holds func(*token.Token) bool) {
	verify := p.Verify
	p.Verify = func(c Credential) (*token.Token, error) {
		t, err := verify(c)
		if err == nil && !holds(t) {
			return nil, ErrInvalid
		}
		return t, err
	}
}

// verifyBy has the verifier go by other rules.
func verifyBy(p *Process, change func(*token.Rules)) {
	rules := p.Rules()
	change(&rules)
	verifier := token.NewVerifier(p.Keys, rules)
	p.Verify = func(c Credential) (*token.Token, error) { return verifier.Verify(c.Raw) }
}

func acceptTwoSegments(p *Process) {
	verify := p.Verify
	p.Verify = func(c Credential) (*token.Token, error) {
		f, ok := TakeApart(c.Raw + ".")
		if !ok {
			return verify(c)
		}
		t := token.From(&jwt.Token{Raw: c.Raw, Header: f.Header, Claims: jwt.MapClaims(f.Claims)})
		return t, token.NewVerifier(p.Keys, p.Rules()).Claims(t)
	}
}
