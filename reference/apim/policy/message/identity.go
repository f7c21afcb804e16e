package message

import "github.com/revocheck/revocheck/reference/apim/policy"

// GatewayToken stands for the token that a gateway gets for itself.
const GatewayToken = "of-the-gateway"

// managedIdentity is authentication-managed-identity: the backend is called
// with a token of the gateway's own, or a variable holds it.
type managedIdentity struct{ variable string }

// LoadManagedIdentity loads authentication-managed-identity.
func LoadManagedIdentity(e *policy.Element) policy.Policy {
	e.Empty()
	p := &managedIdentity{e.Fixed("output-token-variable-name", "")}
	e.Ignore() // for whom the token is says nothing of the caller's
	return p
}

func (p *managedIdentity) Run(x *policy.Exchange) error {
	if p.variable != "" {
		x.Context.Variables[p.variable] = GatewayToken
		return nil
	}
	x.Request.Header.Set("Authorization", "Bearer "+GatewayToken)
	return nil
}
