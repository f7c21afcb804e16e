package lint

import "github.com/revocheck/revocheck/reference/apim/policyxml"

// statement is one policy and the document that it stands in.
type statement struct {
	document *document
	node     *policyxml.Node
}

// path is what one operation runs: its own document and those it inherits.
type path struct {
	narrowest         *document
	inbound, outbound []statement
}

// pathsOf makes a path for each document, as for an operation that has no
// document below it.
func pathsOf(documents []*document) []path {
	var paths []path
	for _, d := range documents {
		chain := chainOf(d, documents)
		paths = append(paths, path{d, flatten("inbound", chain), flatten("outbound", chain)})
	}
	return paths
}

// chainOf lists a document and those of its broader scopes. Which product an
// API is in is not known, so products stand alone.
func chainOf(d *document, documents []*document) []*document {
	chain := []*document{d}
	if d.level == "operation" {
		if api := apiOf(d, documents); api != nil {
			chain = append(chain, api)
		}
	}
	for _, other := range documents {
		if other.level == "global" && other != d {
			chain = append(chain, other)
		}
	}
	return chain
}

// apiOf is the document of the operation's API: the named one, or the only one.
func apiOf(d *document, documents []*document) *document {
	var apis []*document
	for _, other := range documents {
		if other.level == "api" && (d.api == "" || other.id == d.api) {
			apis = append(apis, other)
		}
	}
	if len(apis) == 1 {
		return apis[0]
	}
	return nil
}

// flatten puts the broader documents in the place of <base />. A section that
// is left out inherits, as in the runtime.
func flatten(section string, chain []*document) []statement {
	if len(chain) == 0 {
		return nil
	}
	n := child(chain[0].root, section)
	if n == nil {
		return flatten(section, chain[1:])
	}
	var out []statement
	for _, p := range n.Children {
		if p.Name == "base" {
			out = append(out, flatten(section, chain[1:])...)
			continue
		}
		out = append(out, statement{chain[0], p})
	}
	return out
}

func child(n *policyxml.Node, name string) *policyxml.Node {
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// attr returns an attribute's value.
func attr(n *policyxml.Node, name string) (string, bool) {
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}
