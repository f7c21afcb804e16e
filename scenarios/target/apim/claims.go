package apim

import (
	"slices"
	"strings"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// claimsAsked are the claims that tokens need so that the documents accept
// them, which then run as they are: the audiences of each validate-jwt and its
// required claims. What an expression computes is not known.
func claimsAsked(o Options) map[string]any {
	asked := &claims{named: o.NamedValues, values: map[string][]string{"aud": {gateway.Audience}}, separators: map[string]string{}}
	for _, root := range o.roots() {
		asked.in(root)
	}
	return asked.all()
}

type claims struct {
	named      map[string]string
	values     map[string][]string
	separators map[string]string
}

// registered are those that a token has anyway.
var registered = []string{"iss", "sub", "exp", "nbf", "iat", "jti"}

func (c *claims) in(n *policyxml.Node) {
	switch n.Name {
	case "audience":
		c.add("aud", n.Text)
	case "application-id":
		c.add("azp", n.Text)
		c.add("appid", n.Text)
	case "claim":
		name := c.resolved(attribute(n, "name"))
		c.separators[name] = attribute(n, "separator")
		c.add(name)
		for _, v := range n.Children {
			c.add(name, v.Text)
		}
	}
	for _, child := range n.Children {
		c.in(child)
	}
}

func (c *claims) add(name string, values ...string) {
	if slices.Contains(registered, name) {
		return
	}
	if _, known := c.values[name]; !known {
		c.values[name] = []string{}
	}
	for _, v := range values {
		if v = c.resolved(v); !policyxml.IsExpression(v) && !slices.Contains(c.values[name], v) {
			c.values[name] = append(c.values[name], v)
		}
	}
}

func (c *claims) resolved(text string) string {
	for name, value := range c.named {
		text = strings.ReplaceAll(text, "{{"+name+"}}", value)
	}
	return text
}

// all are the claims as a token has them: one value, a row with separators, or
// a list.
func (c *claims) all() map[string]any {
	all := map[string]any{}
	for name, values := range c.values {
		switch {
		case len(values) == 0:
			all[name] = "present"
		case len(values) == 1 || c.separators[name] != "":
			all[name] = strings.Join(values, c.separators[name])
		default:
			all[name] = values
		}
	}
	return all
}

func attribute(n *policyxml.Node, name string) string {
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}
