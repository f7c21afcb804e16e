package syntax

import "fmt"

// Bounds on an expression.
const (
	MaxSource  = 32 << 10 // bytes of source
	MaxNesting = 200      // brackets and operators inside one another
)

// Error says what is wrong in an expression. Offset counts bytes from its
// first, the @, so that a document can name the line.
type Error struct {
	Offset int
	Msg    string
}

func (e *Error) Error() string { return e.Msg }

// ErrorAt returns an *Error.
func ErrorAt(offset int, format string, args ...any) error {
	return &Error{Offset: offset, Msg: fmt.Sprintf(format, args...)}
}
