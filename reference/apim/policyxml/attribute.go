package policyxml

import "strings"

// attributes reads up to the '>' or '/>' of a tag.
func (p *parser) attributes(n *Node) error {
	for {
		spaced := p.skipSpace()
		if p.has("/>") || p.peek() == '>' {
			return nil
		}
		if p.end() {
			return p.errorf(n.Pos, "the tag <%s is not closed", n.Name)
		}
		if !spaced {
			return p.errorf(p.pos, "white space is missing before %s in <%s>", p.shown(), n.Name)
		}
		a, err := p.attribute(n)
		if err != nil {
			return err
		}
		n.Attrs = append(n.Attrs, a)
	}
}

func (p *parser) attribute(n *Node) (Attr, error) {
	a := Attr{Pos: p.pos}
	a.Name = p.name()
	if a.Name == "" {
		return a, p.errorf(a.Pos, "an attribute of <%s> is expected, not %s", n.Name, p.shown())
	}
	for _, other := range n.Attrs {
		if other.Name == a.Name {
			return a, p.errorf(a.Pos, "attribute %s of <%s> is given twice", a.Name, n.Name)
		}
	}
	p.skipSpace()
	if !p.accept("=") {
		return a, p.errorf(a.Pos, "attribute %s of <%s> has no value", a.Name, n.Name)
	}
	p.skipSpace()
	return a, p.value(&a, n)
}

func (p *parser) value(a *Attr, n *Node) error {
	quote := p.peek()
	if quote != '"' && quote != '\'' {
		return p.errorf(p.pos, "the value of %s in <%s> must stand in quotes", a.Name, n.Name)
	}
	p.advance(1)
	a.ValuePos = p.pos
	if IsExpression(strings.TrimLeft(p.rest()[:min(len(p.rest()), 64)], " \t\r\n")) {
		return p.expressionValue(a, n, quote)
	}
	return p.literalValue(a, n, quote)
}

func (p *parser) expressionValue(a *Attr, n *Node, quote byte) (err error) {
	p.skipSpace()
	a.ValuePos = p.pos
	if a.Value, err = p.expression(); err != nil {
		return within(err, a.Name+" of <"+n.Name+">")
	}
	p.skipSpace()
	if p.peek() != quote {
		return p.errorf(p.pos, "%s follows the expression in %s of <%s>: an expression must be the whole value",
			p.shown(), a.Name, n.Name)
	}
	p.advance(1)
	return nil
}

// within names the place of an error inside an expression.
func within(err error, place string) error {
	if located, ok := err.(*Error); ok {
		located.Msg = place + ": " + located.Msg
	}
	return err
}

func (p *parser) literalValue(a *Attr, n *Node, quote byte) (err error) {
	length := strings.IndexByte(p.rest(), quote)
	if length < 0 {
		return p.errorf(a.ValuePos, "the value of %s in <%s> is not closed", a.Name, n.Name)
	}
	if length > MaxValue {
		return p.errorf(a.ValuePos, "the value of %s in <%s> is longer than %d bytes", a.Name, n.Name, MaxValue)
	}
	raw := p.rest()[:length]
	if strings.ContainsRune(raw, '<') {
		return p.errorf(a.ValuePos, "the value of %s in <%s> holds a '<'; is its closing quote missing?", a.Name, n.Name)
	}
	p.advance(length + 1)
	a.Value, err = p.decode(raw, a.ValuePos)
	return err
}
