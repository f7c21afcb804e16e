package forgery

import (
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var foreignFaults = []fault.Fault{
	{Name: "wrong-issuer-accepted", Summary: "A token of another issuer is accepted, if the key fits.", Plant: fault.Each(ignoreIssuer)},
	{Name: "wrong-audience-accepted", Summary: "A token for another audience is accepted.", Plant: fault.Each(ignoreAudience)},
	{Name: "issuer-by-prefix", Summary: "The issuer of a token need only begin with the gateway's own.", Plant: fault.Each(compareIssuerPrefix)},
	{Name: "audience-by-part", Summary: "The audience of a token need only contain the gateway's own.", Plant: fault.Each(compareAudiencePart)},
}

func ignoreAudience(p *gateway.Process) { verifyBy(p, func(r *token.Rules) { r.Audience = "" }) }

func ignoreIssuer(p *gateway.Process) { verifyBy(p, func(r *token.Rules) { r.Issuer = "" }) }

func compareIssuerPrefix(p *gateway.Process) {
	ignoreIssuer(p)
	alsoRequire(p, func(t *token.Token) bool { return strings.HasPrefix(t.Issuer, gateway.Issuer) })
}

func compareAudiencePart(p *gateway.Process) {
	ignoreAudience(p)
	alsoRequire(p, func(t *token.Token) bool {
		audience, _ := jwt.MapClaims(t.Claims()).GetAudience()
		return strings.Contains(strings.Join(audience, " "), gateway.Audience)
	})
}

func alsoRequire(p *gateway.Process, holds func(*token.Token) bool) {
	verify := p.Verify
	p.Verify = func(c gateway.Credential) (*token.Token, error) {
		t, err := verify(c)
		if err == nil && !holds(t) {
			return nil, gateway.ErrInvalid
		}
		return t, err
	}
}

// verifyBy has the verifier go by other rules.
func verifyBy(p *gateway.Process, change func(*token.Rules)) {
	rules := p.Rules()
	change(&rules)
	verifier := token.NewVerifier(p.Keys, rules)
	p.Verify = func(c gateway.Credential) (*token.Token, error) { return verifier.Verify(c.Raw) }
}
