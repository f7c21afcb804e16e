package policy

import (
	"errors"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// Include loads the policies of a fragment in the place of the element.
func (e *Element) Include(id string) []Policy {
	d, ok := e.l.facts.Fragments[id]
	switch {
	case !ok:
		e.Fail(CodeInvalid, "the fragment %q is not given", id)
		return nil
	case slices.Contains(e.l.inside, id):
		e.Fail(CodeInvalid, "the fragment %q includes itself, through %s", id, strings.Join(e.l.inside, ", "))
		return nil
	}
	root, err := policyxml.Parse(d.Name, d.XML)
	var malformed *policyxml.Error
	if errors.As(err, &malformed) {
		e.l.fail(&LoadError{File: d.Name, Line: malformed.Pos.Line, Code: CodeXML, Msg: malformed.Msg})
		return nil
	}
	file := e.l.file
	e.l.file, e.l.inside = d.Name, append(e.l.inside, id)
	defer func() { e.l.file, e.l.inside = file, e.l.inside[:len(e.l.inside)-1] }()
	f := e.l.element(root)
	if root.Name != "fragment" {
		f.Fail(CodeInvalid, "the root element of a fragment is <fragment>")
		return nil
	}
	return e.l.policies(f, false)
}
