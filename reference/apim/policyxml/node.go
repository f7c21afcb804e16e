// Package policyxml reads Azure API Management policy documents as people
// write them.
//
// A policy document looks like XML and is not: an attribute or a text may hold
// a raw C# expression, @( ... ) or @{ ... }, with unescaped quotes, ampersands
// and angle brackets. This reader finds the end of such an expression by its
// brackets and string literals, and reads everything else strictly. Documents
// that are escaped, and so well-formed XML, read the same.
//
// All input is bounded: see MaxDocument, MaxDepth, MaxElements and MaxValue.
package policyxml

import "fmt"

// Bounds on a document. MaxDocument is APIM's own limit on the size of a
// policy document (256 KiB); the others keep hostile input cheap.
const (
	MaxDocument = 256 << 10 // bytes
	MaxDepth    = 40        // nested elements
	MaxElements = 5000
	MaxValue    = 32 << 10 // bytes of one attribute or one text
)

// Pos is a place in a document, counted from 1. Columns count bytes.
type Pos struct {
	Line, Column int
}

// Attr is one attribute, its value decoded.
type Attr struct {
	Name  string
	Value string
	Pos   Pos // of the name
	// ValuePos is where the value begins, so that an error inside an
	// expression of several lines can name its own line.
	ValuePos Pos
}

// Node is one element. Text is its character data with the surrounding white
// space removed; an element has either text or children.
type Node struct {
	Name     string
	Pos      Pos
	Attrs    []Attr
	Children []*Node
	Text     string
	TextPos  Pos
}

// Error says what is wrong in a document, and where.
type Error struct {
	File string
	Pos  Pos
	Msg  string
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d: %s", e.File, e.Pos.Line, e.Msg)
}

// IsExpression reports whether a value is a policy expression, @(...) or
// @{...}.
func IsExpression(value string) bool {
	return len(value) > 1 && value[0] == '@' && (value[1] == '(' || value[1] == '{')
}
