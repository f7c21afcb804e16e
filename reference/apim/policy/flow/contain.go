package flow

import "github.com/revocheck/revocheck/reference/apim/policy"

// several runs policies in order: those of a fragment, or the children of an
// element that stands around them.
type several []policy.Policy

func (p several) Run(x *policy.Exchange) error { return x.RunAll(p) }

// LoadInclude loads include-fragment.
func LoadInclude(e *policy.Element) policy.Policy {
	e.Empty()
	if _, ok := e.Required("fragment-id"); !ok {
		return several(nil)
	}
	return several(e.Include(e.Fixed("fragment-id", "")))
}

// LoadAround loads an element whose children run once where it stands: what
// the backend of a test answers needs no retry and no limit.
func LoadAround(e *policy.Element) policy.Policy {
	e.Ignore()
	return several(e.Policies())
}

// LoadNothing loads an element that has no effect on a token, nor on what a
// later policy reads.
func LoadNothing(e *policy.Element) policy.Policy {
	e.Ignore()
	return several(nil)
}
