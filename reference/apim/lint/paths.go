package lint

import "github.com/revocheck/revocheck/reference/apim/policyxml"

// statement is one policy and the document that it stands in.
type statement struct {
	document *document
	node     *policyxml.Node
}

// path is what one operation runs, in one environment: its own document and
// those it inherits.
type path struct {
	narrowest         *document
	inbound, outbound []statement
	environment       environment
	caches            *cacheUse // nil while it is not known
}

// pathsOf makes paths for each document, as for an operation that has no
// document below it.
func pathsOf(documents []*document) []path {
	var paths []path
	for _, d := range documents {
		chain := chainOf(d, documents)
		p := path{narrowest: d, inbound: flatten("inbound", chain), outbound: flatten("outbound", chain)}
		for _, e := range environmentsOf(p) {
			p.environment = e
			paths = append(paths, p)
		}
	}
	return paths
}

// chainOf lists a document and those of its broader scopes. Which API is in a
// product is not known: it is taken to be in it if there is only one.
func chainOf(d *document, documents []*document) []*document {
	chain := []*document{d}
	if d.level == "operation" {
		chain = appendOnly(chain, "api", d.api, documents)
	}
	if d.level == "operation" || d.level == "api" {
		chain = appendOnly(chain, "product", "", documents)
	}
	if d.level != "global" {
		chain = appendOnly(chain, "global", "", documents)
	}
	return chain
}

// appendOnly adds the document of a level: the one of an ID, or the only one.
func appendOnly(chain []*document, level, id string, documents []*document) []*document {
	var found []*document
	for _, other := range documents {
		if other.level == level && (id == "" || other.id == id) {
			found = append(found, other)
		}
	}
	if len(found) != 1 {
		return chain
	}
	return append(chain, found[0])
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

// each calls a function for a node and all below it.
func each(n *policyxml.Node, do func(*policyxml.Node)) {
	do(n)
	for _, c := range n.Children {
		each(c, do)
	}
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
