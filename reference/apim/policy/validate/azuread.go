package validate

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/apim/policy"
)

// LoadAzureAD loads validate-azure-ad-token: validate-jwt with the keys of a
// tenant of Entra ID, whose tokens have uti and no jti.
func LoadAzureAD(e *policy.Element) policy.Policy {
	p := &validateJwt{
		header: e.Value("header-name"), query: e.Value("query-parameter-name"), token: e.Value("token-value"),
		status: e.Integer("failed-validation-httpcode", http.StatusUnauthorized), message: e.Value("failed-validation-error-message"),
		skew: policy.Value{Literal: 0}, requireExpiry: true, requireSigned: true,
		output: e.Fixed("output-token-variable-name", ""), source: e.Name,
	}
	switch given(p.header, p.query, p.token) {
	case 0:
		p.header = policy.Value{Set: true, Literal: "Authorization"}
	case 1:
	default:
		e.Fail(policy.CodeInvalid, "one of header-name, query-parameter-name and token-value says where the token is")
	}
	e.Required("tenant-id")
	policy.CheckStatus(e, "failed-validation-httpcode", p.status)
	endpoint := "https://" + e.Fixed("authentication-endpoint", "login.microsoftonline.com") + "/"
	p.openID = []policy.Value{{Set: true, Literal: endpoint + e.Fixed("tenant-id", "") + "/v2.0/.well-known/openid-configuration"}}
	p.loadTenantChildren(e)
	return p
}

func (p *validateJwt) loadTenantChildren(e *policy.Element) {
	for _, n := range e.Children {
		child := e.Child(n)
		switch n.Name {
		case "client-application-ids":
			p.clients = child.List("application-id")
		case "backend-application-ids":
			p.audiences = append(p.audiences, child.List("application-id")...)
		case "audiences":
			p.audiences = append(p.audiences, child.List("audience")...)
		case "required-claims":
			p.claims = loadClaims(child)
		default:
			child.Fail(policy.CodeUnsupported, "this part of validate-azure-ad-token is not supported")
		}
		child.Done()
	}
}
