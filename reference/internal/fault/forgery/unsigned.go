package forgery

import (
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var unsignedFaults = []fault.Fault{
	{Name: "alg-none-accepted", Summary: "A token with alg none is accepted.", Plant: fault.AcceptForged(algNone)},
	{Name: "alg-none-casing-accepted", Summary: "The algorithm none is forbidden in lower case only.", Plant: fault.AcceptForged(algNoneOddly)},
	{Name: "blank-signature-accepted", Summary: "A token with an empty signature is accepted.", Plant: fault.AcceptForged(fault.BlankSignature)},
	{Name: "two-segments-accepted", Summary: "Claims that come without the segment of the signature are accepted.", Plant: fault.Each(acceptTwoSegments)},
}

func algNone(_ *gateway.Process, f fault.Parts) bool { return f.Text("alg") == "none" }

func algNoneOddly(p *gateway.Process, f fault.Parts) bool {
	return strings.EqualFold(f.Text("alg"), "none") && !algNone(p, f)
}

func acceptTwoSegments(p *gateway.Process) {
	verify := p.Verify
	p.Verify = func(c gateway.Credential) (*token.Token, error) {
		f, ok := fault.TakeApart(c.Raw + ".")
		if !ok {
			return verify(c)
		}
		t := token.From(&jwt.Token{Raw: c.Raw, Header: f.Header, Claims: jwt.MapClaims(f.Claims)})
		return t, token.NewVerifier(p.Keys, p.Rules()).Claims(t)
	}
}
