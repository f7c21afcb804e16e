package syntax

import "slices"

// otherStatements are those of C# that the subset has not.
var otherStatements = []string{
	"for", "foreach", "while", "do", "switch", "try", "throw", "using", "lock", "break", "continue", "goto", "await", "yield",
}

// statements reads a body up to its closing brace, which it consumes.
func (p *parser) statements() ([]Statement, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	var body []Statement
	for !p.accept("}") {
		if p.peek().kind == tokenEnd {
			return nil, unexpected(p.peek(), "} is expected, not %s")
		}
		if p.accept(";") {
			continue
		}
		s, err := p.statement()
		if err != nil {
			return nil, err
		}
		body = append(body, s)
	}
	return body, nil
}

func (p *parser) statement() (Statement, error) {
	t := p.peek()
	switch {
	case t.is("{"):
		p.take()
		body, err := p.statements()
		return &Block{Position(t.offset), body}, err
	case t.kind != tokenName:
		return nil, unexpected(t, "a statement is expected, not %s")
	case t.text == "if":
		return p.ifStatement()
	case t.text == "return":
		return p.returnStatement()
	case slices.Contains(otherStatements, t.text):
		return nil, outsideSubset(t)
	case p.declarationAhead():
		return p.declaration()
	case p.peekAt(1).is("="), p.peekAt(1).is("+="):
		return p.assignment()
	case p.peekAt(1).is("."), p.peekAt(1).is("["):
		return p.callStatement()
	}
	return nil, outsideSubset(t)
}

func outsideSubset(t token) error {
	return ErrorAt(t.offset, "the statement %q is outside the subset (declarations, assignments, calls, if and return)", t.text)
}

// callStatement is a call for the sake of its out argument.
func (p *parser) callStatement() (Statement, error) {
	t := p.peek()
	n, err := p.expression()
	if err != nil {
		return nil, err
	}
	if _, ok := n.(*Call); !ok || !p.accept(";") {
		return nil, outsideSubset(t)
	}
	return &CallStatement{Position(t.offset), n}, nil
}

func (p *parser) ifStatement() (Statement, error) {
	s := &IfStatement{Position: Position(p.take().offset)}
	if err := p.expect("("); err != nil {
		return nil, err
	}
	var err error
	if s.Test, err = p.expression(); err != nil {
		return nil, err
	}
	if err := p.expect(")"); err != nil {
		return nil, err
	}
	if s.Yes, err = p.branch(); err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind == tokenName && t.text == "else" {
		p.take()
		s.Else, err = p.branch()
	}
	return s, err
}

// branch reads one statement, or several in braces.
func (p *parser) branch() ([]Statement, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	if p.accept("{") {
		return p.statements()
	}
	s, err := p.statement()
	return []Statement{s}, err
}

func (p *parser) returnStatement() (Statement, error) {
	at := Position(p.take().offset)
	value, err := p.expression()
	if err != nil {
		return nil, err
	}
	return &ReturnStatement{at, value}, p.expect(";")
}

// declarationAhead tells "var x =" and "string x =" from an assignment.
func (p *parser) declarationAhead() bool {
	if p.peek().text == "var" {
		return p.peekAt(1).kind == tokenName
	}
	_, n := p.typeAhead(0)
	return n > 0 && p.peekAt(n).kind == tokenName
}

func (p *parser) declaration() (Statement, error) {
	d := &Declaration{Position: Position(p.peek().offset)}
	n := 1
	if p.peek().text != "var" {
		d.Type, n = p.typeAhead(0)
	}
	p.pos += n
	d.Name = p.take().text
	if d.Type != "" && p.accept(";") {
		return d, nil
	}
	if err := p.expect("="); err != nil {
		return nil, err
	}
	var err error
	if d.Init, err = p.expression(); err != nil {
		return nil, err
	}
	return d, p.expect(";")
}

func (p *parser) assignment() (Statement, error) {
	t, op := p.take(), p.take()
	a := &Assignment{Position: Position(t.offset), Name: t.text}
	var err error
	if a.Value, err = p.expression(); err != nil {
		return nil, err
	}
	if op.is("+=") {
		a.Value = &Binary{Position(op.offset), "+", &Name{Position(t.offset), t.text}, a.Value}
	}
	return a, p.expect(";")
}
