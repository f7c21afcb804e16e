// Package flow holds the policies that choose what runs: choose, set-variable, forward-request.
package flow

import (
	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// choose runs the first branch whose condition holds.
type choose struct {
	branches []branch
}

type branch struct {
	condition policy.Value // not set for otherwise
	policies  []policy.Policy
}

// LoadChoose loads choose.
func LoadChoose(e *policy.Element) policy.Policy {
	p := &choose{}
	if len(e.Children) == 0 || e.Text != "" {
		e.Fail(policy.CodeInvalid, "choose holds when elements, and otherwise as the last")
	}
	for i, n := range e.Children {
		child, leave := e.Child(n), e.Enter(i)
		switch {
		case n.Name == "when":
			p.branches = append(p.branches, loadWhen(child))
		case n.Name == "otherwise" && i == len(e.Children)-1 && i > 0:
			p.branches = append(p.branches, branch{policies: child.Policies()})
		default:
			child.Fail(policy.CodeInvalid, "choose holds when elements, and otherwise as the last")
		}
		child.Done()
		leave()
	}
	return p
}

func loadWhen(e *policy.Element) branch {
	b := branch{condition: e.Boolean("condition", false)}
	if !b.condition.Set {
		e.Fail(policy.CodeInvalid, "the attribute condition is missing")
	}
	b.policies = e.Policies()
	return b
}

func (p *choose) Run(x *policy.Exchange) error {
	for _, b := range p.branches {
		holds := true
		if b.condition.Set {
			var err error
			if holds, err = b.condition.Boolean(x); err != nil {
				return err
			}
		}
		if holds {
			return x.RunAll(b.policies)
		}
	}
	return nil
}

// setVariable is set-variable.
type setVariable struct {
	name  string
	value policy.Value
}

// LoadSetVariable loads set-variable.
func LoadSetVariable(e *policy.Element) policy.Policy {
	e.Empty()
	p := &setVariable{name: e.Fixed("name", "")}
	if p.name == "" {
		e.Fail(policy.CodeInvalid, "the attribute name is missing")
	}
	if a, ok := e.Required("value"); ok {
		p.value = e.Parsed(a, storable, policy.AnyText)
	}
	return p
}

// storable are the types that a variable can hold.
var storable = append([]expr.Type{
	expr.JwtType, expr.Strings, expr.TimeSpan, expr.Bool + "?", expr.Int + "?", expr.Long + "?", expr.Double + "?", expr.DateTime + "?", expr.TimeSpan + "?",
}, policy.Texts...)

func (p *setVariable) Run(x *policy.Exchange) error {
	v, err := p.value.Eval(x)
	if err == nil {
		x.Context.Variables[p.name] = v
	}
	return err
}
