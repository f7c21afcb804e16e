package reference

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/token"
)

var forgeryFaults = []fault{
	{Name: "alg-none-accepted", Summary: "A token with alg none is accepted.", plant: believe(algNone)},
	{Name: "alg-none-casing-accepted", Summary: "The algorithm none is forbidden in lower case only.", plant: believe(algNoneOddly)},
	{Name: "blank-signature-accepted", Summary: "A token with an empty signature is accepted.", plant: believe(blankSignature)},
	{Name: "two-segments-accepted", Summary: "Claims that come without the segment of the signature are accepted.", plant: each(acceptTwoSegments)},
	{Name: "wrong-issuer-accepted", Summary: "A token of another issuer is accepted, if the key fits.", plant: each(ignoreIssuer)},
	{Name: "wrong-audience-accepted", Summary: "A token for another audience is accepted.", plant: each(ignoreAudience)},
	{Name: "issuer-by-prefix", Summary: "The issuer of a token need only begin with the gateway's own.", plant: each(compareIssuerPrefix)},
	{Name: "audience-by-part", Summary: "The audience of a token need only contain the gateway's own.", plant: each(compareAudiencePart)},
	{Name: "guessable-secret", Summary: "Tokens are signed with the secret \"secret\".", plant: signWithWord},
}

// forged is a token in its parts, before anything is believed of it.
type forged struct {
	header, claims map[string]any
	input          string // what a signature would cover
	signature      []byte
}

// text is a field of the header; "" if it is missing or not a string.
func (f forged) text(field string) string {
	s, _ := f.header[field].(string)
	return s
}

// takeApart decodes a token as loosely as a careless parser would.
func takeApart(raw string) (forged, bool) {
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return forged{}, false
	}
	f := forged{input: parts[0] + "." + parts[1]}
	if !decodeJSON(parts[0], &f.header) || !decodeJSON(parts[1], &f.claims) {
		return forged{}, false
	}
	var err error
	f.signature, err = base64.RawURLEncoding.DecodeString(parts[2])
	return f, err == nil
}

func decodeJSON(segment string, v any) bool {
	text, err := base64.RawURLEncoding.DecodeString(segment)
	return err == nil && json.Unmarshal(text, v) == nil
}

// believe accepts tokens that the verifier refuses, if the fault is taken in
// by them and the claims hold.
func believe(taken func(*process, forged) bool) planting {
	return each(func(p *process) {
		verify := p.verify
		p.verify = func(c credential) (*token.Token, error) {
			t, err := verify(c)
			if err == nil {
				return t, nil
			}
			f, ok := takeApart(c.raw)
			if !ok || !taken(p, f) {
				return nil, err
			}
			t = token.From(&jwt.Token{Raw: c.raw, Header: f.header, Claims: jwt.MapClaims(f.claims), Signature: f.signature})
			return t, token.NewVerifier(p.keys, p.rules()).Claims(t)
		}
	})
}

func algNone(_ *process, f forged) bool { return f.text("alg") == "none" }

func algNoneOddly(p *process, f forged) bool {
	return strings.EqualFold(f.text("alg"), "none") && !algNone(p, f)
}

func blankSignature(p *process, f forged) bool {
	return len(f.signature) == 0 && f.text("alg") == p.cfg.Alg
}

func ignoreAudience(p *process) { verifyBy(p, func(r *token.Rules) { r.Audience = "" }) }

func ignoreIssuer(p *process) { verifyBy(p, func(r *token.Rules) { r.Issuer = "" }) }

func compareIssuerPrefix(p *process) {
	ignoreIssuer(p)
	alsoRequire(p, func(t *token.Token) bool { return strings.HasPrefix(t.Issuer, Issuer) })
}

func compareAudiencePart(p *process) {
	ignoreAudience(p)
	alsoRequire(p, func(t *token.Token) bool {
		audience, _ := jwt.MapClaims(t.Claims).GetAudience()
		return strings.Contains(strings.Join(audience, " "), Audience)
	})
}

func signWithWord(s *site) func(*process) {
	s.keys = s.keys.Guessable()
	return func(*process) {}
}

func alsoRequire(p *process, holds func(*token.Token) bool) {
	verify := p.verify
	p.verify = func(c credential) (*token.Token, error) {
		t, err := verify(c)
		if err == nil && !holds(t) {
			return nil, errInvalid
		}
		return t, err
	}
}

// verifyBy has the verifier go by other rules.
func verifyBy(p *process, change func(*token.Rules)) {
	rules := p.rules()
	change(&rules)
	verifier := token.NewVerifier(p.keys, rules)
	p.verify = func(c credential) (*token.Token, error) { return verifier.Verify(c.raw) }
}

func acceptTwoSegments(p *process) {
	verify := p.verify
	p.verify = func(c credential) (*token.Token, error) {
		f, ok := takeApart(c.raw + ".")
		if !ok {
			return verify(c)
		}
		t := token.From(&jwt.Token{Raw: c.raw, Header: f.header, Claims: jwt.MapClaims(f.claims)})
		return t, token.NewVerifier(p.keys, p.rules()).Claims(t)
	}
}
