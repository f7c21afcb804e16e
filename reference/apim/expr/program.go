package expr

import (
	"errors"

	"github.com/revocheck/revocheck/reference/apim/expr/syntax"
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
	parsed, err := syntax.Parse(source)
	if err != nil {
		return nil, err
	}
	c := &compiler{members: map[string]bool{}}
	var result code
	if parsed.Expression == nil {
		result, err = c.body(parsed.Body)
	} else {
		result, err = c.node(parsed.Expression)
	}
	if err != nil {
		return nil, err
	}
	return &Program{Type: result.typ, eval: result.eval, slots: c.slots, members: c.members}, nil
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
	return !p.members["context"] && !p.members["UtcNow"] && !p.members["Now"] && !p.members["NewGuid"]
}

// errShort unwinds a chain whose ?. met null.
var errShort = errors.New("short-circuit")
