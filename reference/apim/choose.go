package apim

import "github.com/revocheck/revocheck/reference/apim/expr"

// choose runs the first branch whose condition holds.
type choose struct {
	branches []branch
}

type branch struct {
	condition value // not set for otherwise
	policies  []policy
}

func loadChoose(e *element) policy {
	p := &choose{}
	if len(e.Children) == 0 || e.Text != "" {
		e.fail(CodeInvalid, "choose holds when elements, and otherwise as the last")
	}
	for i, n := range e.Children {
		child, leave := e.l.element(n), e.l.enter(e.Children, i)
		switch {
		case n.Name == "when":
			p.branches = append(p.branches, loadWhen(child))
		case n.Name == "otherwise" && i == len(e.Children)-1 && i > 0:
			p.branches = append(p.branches, branch{policies: e.l.policies(child, false)})
		default:
			child.fail(CodeInvalid, "choose holds when elements, and otherwise as the last")
		}
		child.done()
		leave()
	}
	return p
}

func loadWhen(e *element) branch {
	b := branch{condition: e.boolean("condition", false)}
	if !b.condition.set {
		e.fail(CodeInvalid, "the attribute condition is missing")
	}
	b.policies = e.l.policies(e, false)
	return b
}

func (p *choose) run(x *exchange) error {
	for _, b := range p.branches {
		holds := true
		if b.condition.set {
			var err error
			if holds, err = b.condition.boolean(x); err != nil {
				return err
			}
		}
		if holds {
			return x.runAll(b.policies)
		}
	}
	return nil
}

// setVariable is set-variable.
type setVariable struct {
	name  string
	value value
}

func loadSetVariable(e *element) policy {
	e.empty()
	p := &setVariable{name: e.fixed("name", "")}
	if p.name == "" {
		e.fail(CodeInvalid, "the attribute name is missing")
	}
	if a, ok := e.required("value"); ok {
		p.value = e.parsed(a, storable, anyText)
	}
	return p
}

// storable are the types that a variable can hold.
var storable = append([]expr.Type{
	expr.JwtType, expr.Strings, expr.TimeSpan, expr.Bool + "?", expr.Int + "?", expr.Long + "?", expr.Double + "?", expr.DateTime + "?", expr.TimeSpan + "?",
}, texts...)

func (p *setVariable) run(x *exchange) error {
	v, err := p.value.eval(x)
	if err == nil {
		x.ctx.Variables[p.name] = v
	}
	return err
}
