package policy

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// placed is a policy that says where it stands when it fails, for
// context.LastError.
type placed struct {
	Policy
	place expr.LastError // what of it is a place
}

func (p placed) Run(x *Exchange) error {
	err := p.Policy.Run(x)
	var f *Fault
	if errors.As(err, &f) && f.Section == "" { // else a policy inside this one has said so
		f.Scope, f.Section, f.Path, f.PolicyID = p.place.Scope, p.place.Section, p.place.Path, p.place.PolicyID
	}
	return err
}

// placed reads the attribute id, which every policy may have.
func (l *loader) placed(e *Element, p Policy) Policy {
	level, _, _ := strings.Cut(string(l.scope), "/")
	return placed{p, expr.LastError{Scope: level, Section: l.section, Path: l.path, PolicyID: e.Fixed("id", "")}}
}

// enter adds a step to the path, such as "when[2]", until the function that it
// returns is called.
func (l *loader) enter(siblings []*policyxml.Node, i int) (leave func()) {
	outer := l.path
	l.path = path.Join(outer, step(siblings, i))
	return func() { l.path = outer }
}

// step counts among the siblings of one name, if there are several.
func step(siblings []*policyxml.Node, i int) string {
	name, before, all := siblings[i].Name, 0, 0
	for k, n := range siblings {
		if n.Name == name {
			all++
			if k <= i {
				before++
			}
		}
	}
	if all == 1 {
		return name
	}
	return fmt.Sprintf("%s[%d]", name, before)
}
