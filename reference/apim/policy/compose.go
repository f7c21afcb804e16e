package policy

import "github.com/revocheck/revocheck/reference/apim/expr"

// Pipeline is what runs for one operation: each section with the policies of
// the broader scopes in the places of <base />.
type Pipeline struct {
	sections map[string][]Policy
}

// Compose joins the documents of scopes, the narrowest first. A new service has
// the policy forward in its backend section, at global scope.
func Compose(scopes []Scope, documents map[Scope]Loaded, forward Policy) *Pipeline {
	p := &Pipeline{sections: map[string][]Policy{}}
	for _, section := range Sections {
		p.sections[section] = composed(section, scopes, documents, forward)
	}
	return p
}

// composed expands one section from the narrowest scope outwards. A scope
// without a document inherits. So does a document that leaves the section
// out: APIM's editor always writes all four, and what a missing one does is
// not documented.
func composed(section string, scopes []Scope, documents map[Scope]Loaded, forward Policy) []Policy {
	if len(scopes) == 0 {
		return ofService(section, forward)
	}
	policies, ok := documents[scopes[0]][section]
	if !ok {
		return composed(section, scopes[1:], documents, forward)
	}
	var out []Policy
	for _, p := range policies {
		if _, inherits := p.(base); inherits {
			out = append(out, composed(section, scopes[1:], documents, forward)...)
			continue
		}
		out = append(out, p)
	}
	return out
}

// ofService is what a new service has at global scope: the backend section
// forwards.
func ofService(section string, forward Policy) []Policy {
	if section == Backend {
		place := expr.LastError{Scope: string(Global), Section: Backend, Path: "forward-request"}
		return []Policy{placed{forward, place}}
	}
	return nil
}
