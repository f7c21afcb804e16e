package apim

import (
	"regexp"
	"slices"

	"github.com/google/uuid"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// entraURL recognises the OpenID configurations of Entra ID.
var entraURL = regexp.MustCompile(`login\.microsoftonline\.|login\.partner\.microsoftonline\.|sts\.windows\.net|\.ciamlogin\.com`)

// ofEntra reports whether the documents take their tokens from Entra ID.
func ofEntra(o Options) bool {
	return slices.ContainsFunc(o.roots(), func(n *policyxml.Node) bool { return asksEntra(n, o) })
}

// roots are the documents and fragments that can be read; apim.New says what is
// wrong with the others.
func (o Options) roots() []*policyxml.Node {
	var roots []*policyxml.Node
	add := func(d apim.Document) {
		if root, err := policyxml.Parse(d.Name, d.XML); err == nil {
			roots = append(roots, root)
		}
	}
	for _, d := range o.Policies {
		add(d)
	}
	for _, d := range o.Fragments {
		add(d)
	}
	return roots
}

func asksEntra(n *policyxml.Node, o Options) bool {
	url := (&claims{named: o.NamedValues}).resolved(attribute(n, "url"))
	if n.Name == "validate-azure-ad-token" || n.Name == "openid-config" && entraURL.MatchString(url) {
		return true
	}
	for _, c := range n.Children {
		if asksEntra(c, o) {
			return true
		}
	}
	return false
}

// entraClaims are what an access token of Entra ID has in place of a jti: an
// identifier of its own, those of the user and of the tenant.
func entraClaims(user string) map[string]any {
	return map[string]any{
		"uti": uuid.NewString(), "oid": uuid.NewSHA1(uuid.NameSpaceURL, []byte(user)).String(), "tid": tenant, "ver": "2.0",
	}
}

// tenant is the one tenant of the emulated issuer.
const tenant = "11111111-2222-4333-8444-555555555555"
