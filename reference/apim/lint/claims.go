package lint

import (
	"regexp"
	"slices"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// entra recognises the configurations of Entra ID, whose tokens have uti and
// no jti.
var entra = regexp.MustCompile(`login\.microsoftonline\.|login\.partner\.microsoftonline\.|sts\.windows\.net|\.ciamlogin\.com`)

func idClaim(documents []*document) string {
	claim := "jti"
	for _, d := range documents {
		each(d.root, func(n *policyxml.Node) {
			if url, _ := attr(n, "url"); n.Name == "validate-azure-ad-token" || n.Name == "openid-config" && entra.MatchString(url) {
				claim = "uti"
			}
		})
	}
	return claim
}

var namedClaim = regexp.MustCompile(`\.Claims(?:\[|\.GetValueOrDefault\(|\.ContainsKey\()\s*"([^"\\]{1,64})"`)

// claimsIn are the claims that expressions name: the samples have them.
func claimsIn(documents []*document) []string {
	var names []string
	look := func(text string) {
		for _, m := range namedClaim.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(names, m[1]) {
				names = append(names, m[1])
			}
		}
	}
	for _, d := range documents {
		each(d.root, func(n *policyxml.Node) {
			look(n.Text)
			for _, a := range n.Attrs {
				look(a.Value)
			}
		})
	}
	return names
}
