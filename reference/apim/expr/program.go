package expr

import (
	"errors"
	"strings"
)

// Program is a compiled expression. It holds no state: one Program may run in
// many goroutines.
type Program struct {
	// Type is the static type of the result.
	Type    Type
	eval    evaluator
	slots   int
	members map[string]bool
}

// evaluator computes a value, or fails as C# would throw.
type evaluator func(*frame) (any, error)

// frame is one run of a program.
type frame struct {
	ctx   *Context
	slots []any
}

// Compile reads @( expression ) or @{ statements }. The error is an *Error.
func Compile(source string) (*Program, error) {
	body, block, err := unwrap(source)
	if err != nil {
		return nil, err
	}
	toks, err := tokens(body, len("@("))
	if err != nil {
		return nil, err
	}
	c := &compiler{members: map[string]bool{}}
	p := &parser{toks: toks}
	var result code
	if block {
		result, err = compileBody(c, p)
	} else {
		result, err = compileExpression(c, p)
	}
	if err != nil {
		return nil, err
	}
	return &Program{Type: result.typ, eval: result.eval, slots: c.slots, members: c.members}, nil
}

func unwrap(source string) (body string, block bool, err error) {
	switch {
	case len(source) > MaxSource:
		return "", false, errorAt(0, "the expression is longer than %d bytes", MaxSource)
	case strings.HasPrefix(source, "@(") && strings.HasSuffix(source, ")"):
		return source[2 : len(source)-1], false, nil
	case strings.HasPrefix(source, "@{") && strings.HasSuffix(source, "}"):
		// The parser of statements wants to see the closing brace.
		return source[2:], true, nil
	}
	return "", false, errorAt(0, "an expression is written @( ... ) or @{ ... }")
}

func compileExpression(c *compiler, p *parser) (code, error) {
	n, err := p.expression()
	if err != nil {
		return code{}, err
	}
	if t := p.peek(); t.kind != tokenEnd {
		return code{}, errorAt(t.offset, "%s is not expected here", t)
	}
	return c.node(n)
}

func compileBody(c *compiler, p *parser) (code, error) {
	body, err := p.statements()
	if err != nil {
		return code{}, err
	}
	if t := p.peek(); t.kind != tokenEnd {
		return code{}, errorAt(t.offset, "%s is not expected here", t)
	}
	return c.body(body)
}

// Eval runs the program. Its errors say what C# would have thrown; they name
// no value of the request.
func (p *Program) Eval(ctx *Context) (any, error) {
	return p.eval(&frame{ctx: ctx, slots: make([]any, p.slots)})
}

// Uses reports whether the source names a member such as "AsJwt".
func (p *Program) Uses(member string) bool { return p.members[member] }

// Constant reports whether the result depends neither on the request nor on
// the time.
func (p *Program) Constant() bool {
	return !p.members["context"] && !p.members["UtcNow"] && !p.members["Now"]
}

// errShort unwinds a chain whose ?. met null.
var errShort = errors.New("short-circuit")
