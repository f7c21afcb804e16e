package apim

import "github.com/revocheck/revocheck/reference/apim/expr"

// pipeline is what runs for one operation: each section with the policies of
// the broader scopes in the places of <base />.
type pipeline struct {
	sections map[string][]policy
}

// compose joins the documents of scopes, the narrowest first.
func compose(scopes []Scope, documents map[Scope]document) *pipeline {
	p := &pipeline{sections: map[string][]policy{}}
	for _, section := range sections {
		p.sections[section] = composed(section, scopes, documents)
	}
	return p
}

// composed expands one section from the narrowest scope outwards. A scope
// without a document inherits. So does a document that leaves the section
// out: APIM's editor always writes all four, and what a missing one does is
// not documented.
func composed(section string, scopes []Scope, documents map[Scope]document) []policy {
	if len(scopes) == 0 {
		return ofService(section)
	}
	policies, ok := documents[scopes[0]][section]
	if !ok {
		return composed(section, scopes[1:], documents)
	}
	var out []policy
	for _, p := range policies {
		if _, inherits := p.(base); inherits {
			out = append(out, composed(section, scopes[1:], documents)...)
			continue
		}
		out = append(out, p)
	}
	return out
}

// ofService is what a new service has at global scope: the backend section
// forwards.
func ofService(section string) []policy {
	if section == backend {
		place := expr.LastError{Scope: string(Global), Section: backend, Path: "forward-request"}
		return []policy{placed{&forwardRequest{timeout: value{literal: 300}}, place}}
	}
	return nil
}
