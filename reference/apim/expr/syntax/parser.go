package syntax

import "slices"

type parser struct {
	toks  []token
	pos   int
	depth int
}

func (p *parser) peek() token { return p.toks[p.pos] }

func (p *parser) peekAt(n int) token { return p.toks[min(p.pos+n, len(p.toks)-1)] }

func (p *parser) take() token {
	t := p.toks[p.pos]
	if t.kind != tokenEnd {
		p.pos++
	}
	return t
}

func (t token) is(symbol string) bool { return t.kind == tokenSymbol && t.text == symbol }

func (p *parser) accept(symbol string) bool {
	if !p.peek().is(symbol) {
		return false
	}
	p.pos++
	return true
}

func (p *parser) expect(symbol string) error {
	if p.accept(symbol) {
		return nil
	}
	return ErrorAt(p.peek().offset, "%s is expected, not %s", symbol, p.peek())
}

func (t token) String() string {
	switch t.kind {
	case tokenEnd:
		return "the end of the expression"
	case tokenString, tokenInterpolated, tokenChar:
		return "a literal"
	}
	return `"` + t.text + `"`
}

// enter counts nesting, so that hostile input cannot exhaust the stack.
func (p *parser) enter() error {
	p.depth++
	if p.depth > MaxNesting {
		return ErrorAt(p.peek().offset, "the expression is nested deeper than %d", MaxNesting)
	}
	return nil
}

func (p *parser) leave() { p.depth-- }

// expression reads a condition, the loosest operator.
func (p *parser) expression() (Node, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	test, err := p.coalesce()
	if err != nil || !p.peek().is("?") {
		return test, err
	}
	at := Position(p.take().offset)
	yes, err := p.expression()
	if err != nil {
		return nil, err
	}
	if err := p.expect(":"); err != nil {
		return nil, err
	}
	no, err := p.expression()
	return &Condition{at, test, yes, no}, err
}

// coalesce reads ??, which binds to the right.
func (p *parser) coalesce() (Node, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	left, err := p.binary(0)
	if err != nil || !p.peek().is("??") {
		return left, err
	}
	at := Position(p.take().offset)
	right, err := p.coalesce()
	return &Binary{at, "??", left, right}, err
}

var precedence = [][]string{
	{"||"}, {"&&"}, {"==", "!="}, {"<", ">", "<=", ">="}, {"+", "-"}, {"*", "/", "%"},
}

// binary reads the operators of one level and, through it, the tighter ones.
// A long row of operators becomes a deep tree, so the row counts as nesting.
func (p *parser) binary(level int) (Node, error) {
	if level == len(precedence) {
		return p.unary()
	}
	left, err := p.binary(level + 1)
	entered := 0
	defer func() { p.depth -= entered }()
	for err == nil && p.peek().kind == tokenSymbol && slices.Contains(precedence[level], p.peek().text) {
		if err := p.enter(); err != nil {
			return nil, err
		}
		entered++
		op := p.take()
		var right Node
		right, err = p.binary(level + 1)
		left = &Binary{Position(op.offset), op.text, left, right}
	}
	return left, err
}

func (p *parser) unary() (Node, error) {
	if err := p.enter(); err != nil {
		return nil, err
	}
	defer p.leave()
	t := p.peek()
	if t.is("!") || t.is("-") || t.is("+") {
		p.take()
		of, err := p.unary()
		return &Unary{Position(t.offset), t.text, of}, err
	}
	if to, length := p.castAhead(); length > 0 {
		p.pos += length
		of, err := p.unary()
		return &Cast{Position(t.offset), to, of}, err
	}
	return p.postfix()
}

// castAhead recognises "(Type)" and returns how many tokens it takes.
func (p *parser) castAhead() (Type, int) {
	if !p.peek().is("(") {
		return "", 0
	}
	typ, n := p.typeAhead(1)
	if n == 0 || !p.peekAt(1+n).is(")") {
		return "", 0
	}
	return typ, n + 2
}

// typeAhead recognises the name of a type at the nth token from here.
func (p *parser) typeAhead(n int) (Type, int) {
	t := p.peekAt(n)
	typ, ok := typeNames[t.text]
	if t.kind != tokenName || !ok {
		return "", 0
	}
	if p.peekAt(n + 1).is("?") {
		return typ.Nullable(), 2
	}
	if typ == String && p.peekAt(n+1).is("[") && p.peekAt(n+2).is("]") {
		return Strings, 3
	}
	return typ, 1
}

func (p *parser) argument() (Node, error) {
	if p.outAhead() {
		return p.outArgument()
	}
	return p.expression()
}

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
		if p.peek().is("=>") {
			return nil, ErrorAt(p.peek().offset, "a lambda (=>) is outside the subset")
		}
		if err := p.expect(","); err != nil {
			return nil, err
		}
	}
}
