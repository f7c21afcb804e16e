package lint

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

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
	// assumed is what is taken of conditions that are not understood; of
	// others that they do not hold.
	assumed map[*policyxml.Node]bool
}

// pathsOf makes paths for each document, as for an operation that has no
// document below it.
func pathsOf(documents []*document, o Options, s sample) []path {
	var paths []path
	for _, d := range documents {
		if d.level == "fragment" {
			continue
		}
		chain := chainOf(d, documents)
		p := path{narrowest: d, inbound: append(flatten("inbound", chain), beforeForward(flatten("backend", chain))...), outbound: flatten("outbound", chain)}
		for _, e := range environmentsOf(p, o) {
			p.environment = e
			paths = append(paths, worlds(p, s)...)
		}
	}
	return paths
}

// beforeForward is what a backend section does before it asks the backend.
func beforeForward(statements []statement) []statement {
	for i, st := range statements {
		if st.node.Name == "forward-request" {
			return statements[:i]
		}
	}
	return statements
}

// mostWorlds bounds what is tried for conditions that are not understood.
const mostWorlds = 8

// worlds are a path under each assumption about such conditions, as far as a
// sample comes to them.
func worlds(p path, s sample) []path {
	open, done := []path{p}, []path{}
	for len(open) > 0 {
		world := open[0]
		open = open[1:]
		next := undecidedIn(world, s)
		if next == nil || len(open)+len(done)+2 > mostWorlds {
			done = append(done, world)
			continue
		}
		yes, no := world, world
		yes.assumed, no.assumed = with(world.assumed, next, true), with(world.assumed, next, false)
		open = append(open, no, yes)
	}
	return done
}

func undecidedIn(p path, s sample) *policyxml.Node {
	for _, st := range simulate(p, s, healthy, http.StatusNoContent).undecided {
		if _, decided := p.assumed[st.node]; !decided {
			return st.node
		}
	}
	return nil
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

// walk calls a function for a statement and all below it, also in the
// fragments that it includes.
func walk(st statement, do func(statement)) {
	steps := 0
	var into func(st statement, depth int)
	into = func(st statement, depth int) {
		if steps++; steps > mostSteps {
			return
		}
		do(st)
		for _, c := range inside(st.document, st.node) {
			into(c, depth)
		}
		if st.node.Name != "include-fragment" || depth >= mostIncluded {
			return
		}
		id, _ := attr(st.node, "fragment-id")
		if f := st.document.fragments[id]; f != nil {
			into(statement{f, f.root}, depth+1)
		}
	}
	into(st, 0)
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
