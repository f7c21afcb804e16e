package lifecycle

import (
	"cmp"
	"context"
	"errors"
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var credentialFaults = []fault.Fault{
	{Name: "no-token-accepted", Summary: "A call without any token is served.", Plant: fault.Each(acceptNoToken)},
	{Name: "delete-needs-no-token", Summary: "Tokens are asked for method by method, and DELETE of a route was left out.", Plant: fault.Each(leaveOutDelete)},
	{Name: "signature-not-checked", Summary: "The signature of a token is not verified.", Plant: fault.Each(skipSignature)},
	{Name: "bound-to-connection", Summary: "A token is refused on any connection but the one it was first used on.", Plant: fault.Each(bindToConnection)},
}

func bindToConnection(p *gateway.Process) {
	check, first := p.Check, &fault.Notes[string]{}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		bound := first.Update(p.Key(c), func(old string) string { return cmp.Or(old, c.Request.RemoteAddr) })
		if bound != c.Request.RemoteAddr {
			return gateway.ErrRevoked
		}
		return check(ctx, c)
	}
}

func leaveOutDelete(p *gateway.Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		known := r.URL.Path == "/api/hello" || r.URL.Path == "/api/orders"
		if r.Method == http.MethodDelete && known {
			return &gateway.Call{Credential: gateway.Credential{Request: r}, Token: &token.Token{}}, nil
		}
		return admit(r)
	}
}

func acceptNoToken(p *gateway.Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		c, err := admit(r)
		if errors.Is(err, gateway.ErrNoToken) {
			return &gateway.Call{Credential: gateway.Credential{Request: r}, Token: &token.Token{}}, nil
		}
		return c, err
	}
}

func skipSignature(p *gateway.Process) {
	p.Verify = func(c gateway.Credential) (*token.Token, error) { return fault.Unsigned(p, c.Raw) }
}
