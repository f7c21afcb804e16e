package syntax

// OutArgument is "out name", "out var name" or "out Type name".
type OutArgument struct {
	Position
	Name     string
	Declares bool
	Type     Type // empty for var
}

func (p *parser) outAhead() bool {
	return p.peek().kind == tokenName && p.peek().text == "out" && p.peekAt(1).kind == tokenName
}

func (p *parser) outArgument() (Node, error) {
	n := &OutArgument{Position: Position(p.take().offset)}
	typ, length := p.typeAhead(0)
	if p.peek().text == "var" {
		typ, length = "", 1
	}
	if length > 0 && p.peekAt(length).kind == tokenName {
		n.Declares, n.Type = true, typ
		p.pos += length
	}
	n.Name = p.take().text
	return n, nil
}
