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
	return unexpected(p.peek(), symbol+" is expected, not %s")
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
	if err == nil && level == relational {
		left, err = p.typeOperator(left)
	}
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

// relational is the level of the operators whose right side is a type.
const relational = 3

// typeOperator reads "as T" and "is T" behind a value, if they follow.
func (p *parser) typeOperator(of Node) (Node, error) {
	op := p.peek()
	if op.kind != tokenName || op.text != "as" && op.text != "is" {
		return of, nil
	}
	p.take()
	typ, n := p.typeAhead(0)
	if n == 0 || op.text == "is" && p.peekAt(n).kind == tokenName {
		return nil, errorOutside(op.offset, "%q with a pattern", op.text)
	}
	p.pos += n
	return &TypeTest{Position(op.offset), op.text, of, typ}, nil
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
