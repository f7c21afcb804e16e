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
	// Outside says that it is no mistake: C# has it and the subset has not.
	Outside bool
}

func (e *Error) Error() string { return e.Msg }

// ErrorAt returns an *Error.
func ErrorAt(offset int, format string, args ...any) error {
	return &Error{Offset: offset, Msg: fmt.Sprintf(format, args...)}
}

// errorOutside says that C# has it and the subset has not.
func errorOutside(offset int, format string, args ...any) error {
	return &Error{offset, fmt.Sprintf(format+" is outside the subset of C# that revocheck runs", args...), true}
}

// unexpected is about what the parser cannot read: a mistake, or C# that it
// does not know. Which of the two it is it cannot tell.
func unexpected(t token, format string) error {
	return ErrorAt(t.offset, format+": a mistake, or outside the subset of C# that revocheck runs", t)
}
