package syntax

// Lambda is "x => value".
type Lambda struct {
	Position
	Parameter string
	Body      Node
}

// NamedArgument is "name: value".
type NamedArgument struct {
	Position
	Name string
	Of   Node
}

// arguments reads what stands in the brackets of a call, of which the first
// was read.
func (p *parser) arguments() ([]Node, error) {
	var args []Node
	if p.accept(")") {
		return nil, nil
	}
	for {
		a, err := p.argument()
		if err != nil {
			return nil, err
		}
		args = append(args, a)
		if p.accept(")") {
			return args, nil
		}
		if err := p.expect(","); err != nil {
			return nil, err
		}
	}
}

func (p *parser) argument() (Node, error) {
	t := p.peek()
	switch {
	case p.outAhead():
		return p.outArgument()
	case t.kind == tokenName && p.peekAt(1).is(":"):
		p.pos += 2
		of, err := p.argument()
		return &NamedArgument{Position(t.offset), t.text, of}, err
	case t.kind == tokenName && p.peekAt(1).is("=>"):
		return p.lambda(t, 2)
	case t.is("(") && p.peekAt(1).kind == tokenName && p.peekAt(2).is(")") && p.peekAt(3).is("=>"):
		return p.lambda(p.peekAt(1), 4)
	}
	return p.expression()
}

// lambda reads what stands behind the arrow, which is some tokens from here.
func (p *parser) lambda(parameter token, length int) (Node, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	p.pos += length
	if p.peek().is("{") {
		return nil, errorOutside(p.peek().offset, "a lambda (=>) with statements")
	}
	body, err := p.expression()
	return &Lambda{Position(parameter.offset), parameter.text, body}, err
}
