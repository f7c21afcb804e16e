// Package expr parses and runs the C# subset that API Management policy
// expressions are written in: @( expression ) and @{ statements }.
//
// The subset is closed. A member, a function or a statement that is not in it
// is an error when the expression is compiled, and so is every type error that
// C# would report. What C# reports only while running, such as a cast of the
// wrong object or a key that a dictionary lacks, is an error of Eval; APIM
// answers such a request with status 500.
//
// The subset has no loops and no lambdas, so that every expression ends. Its
// source, its nesting and the strings that it builds are bounded: see
// MaxSource, MaxNesting and MaxString.
package expr

import "github.com/revocheck/revocheck/reference/apim/expr/syntax"

// Bounds on an expression.
const (
	MaxSource  = syntax.MaxSource
	MaxNesting = syntax.MaxNesting
	MaxString  = 1 << 20 // bytes of any string that an expression builds
)

// Error says what is wrong in an expression, and where.
type Error = syntax.Error
