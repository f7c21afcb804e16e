package policyxml

// Parse reads a document and returns its root element. The name is used in
// errors, which are of type *Error.
func Parse(name, source string) (*Node, error) {
	c := newCursor(name, source)
	if len(source) > MaxDocument {
		return nil, c.errorf(c.pos, "the document has %d bytes; APIM takes at most %d", len(source), MaxDocument)
	}
	p := &parser{cursor: c}
	if err := p.between(); err != nil {
		return nil, err
	}
	root, err := p.element(1)
	if err != nil {
		return nil, err
	}
	if err := p.between(); err != nil {
		return nil, err
	}
	if !p.end() {
		return nil, p.errorf(p.pos, "%s after the end of <%s>: a document has one root element", p.shown(), root.Name)
	}
	return root, nil
}

type parser struct {
	*cursor
	elements int
}

// between skips white space, comments and processing instructions.
func (p *parser) between() error {
	for {
		p.skipSpace()
		switch {
		case p.has("<!--"):
			if err := p.comment(); err != nil {
				return err
			}
		case p.has("<?"):
			if at := p.pos; !p.skipPast("?>") {
				return p.errorf(at, "the <? ... ?> that begins here is not closed")
			}
		default:
			return nil
		}
	}
}

func (p *parser) comment() error {
	at := p.pos
	p.advance(len("<!--"))
	if !p.skipPast("-->") {
		return p.errorf(at, "the comment that begins here is not closed")
	}
	return nil
}

func (p *parser) element(depth int) (*Node, error) {
	at := p.pos
	if err := p.admit(depth); err != nil {
		return nil, err
	}
	p.advance(1)
	n := &Node{Name: p.name(), Pos: at}
	if n.Name == "" {
		return nil, p.errorf(at, "an element needs a name, not %s", p.shown())
	}
	if err := p.attributes(n); err != nil {
		return nil, err
	}
	if p.accept("/>") {
		return n, nil
	}
	p.advance(1) // the '>' that attributes stopped at
	if err := p.content(n, depth); err != nil {
		return nil, err
	}
	return n, p.closeTag(n)
}

// admit says whether an element may begin here.
func (p *parser) admit(depth int) error {
	p.elements++
	switch {
	case p.has("<!DOCTYPE"), p.has("<!ENTITY"):
		return p.errorf(p.pos, "a document type is not allowed in a policy: remove it")
	case p.peek() != '<':
		return p.errorf(p.pos, "an element is expected, not %s", p.shown())
	case depth > MaxDepth:
		return p.errorf(p.pos, "elements are nested deeper than %d", MaxDepth)
	case p.elements > MaxElements:
		return p.errorf(p.pos, "the document has more than %d elements", MaxElements)
	}
	return nil
}

func (p *parser) closeTag(n *Node) error {
	at := p.pos
	if !p.accept("</") {
		return p.errorf(n.Pos, "<%s> is not closed", n.Name)
	}
	if name := p.name(); name != n.Name {
		return p.errorf(at, "</%s> closes <%s>, which line %d opened", name, n.Name, n.Pos.Line)
	}
	p.skipSpace()
	if !p.accept(">") {
		return p.errorf(at, "</%s> lacks its >", n.Name)
	}
	return nil
}
