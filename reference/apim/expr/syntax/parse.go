// Package syntax reads the C# of policy expressions into a tree.
package syntax

import "strings"

// Source is what was read: one expression, or the statements of a body.
type Source struct {
	Expression Node // nil for a body
	Body       []Statement
}

// Parse reads @( expression ) or @{ statements }. The error is an *Error.
func Parse(source string) (Source, error) {
	body, block, err := unwrap(source)
	if err != nil {
		return Source{}, err
	}
	toks, err := tokens(body, len("@("))
	if err != nil {
		return Source{}, err
	}
	p, s := &parser{toks: toks}, Source{}
	if block {
		s.Body, err = p.statements()
	} else {
		s.Expression, err = p.expression()
	}
	if t := p.peek(); err == nil && t.kind != tokenEnd {
		err = unexpected(t, "%s is not expected here")
	}
	return s, err
}

func unwrap(source string) (body string, block bool, err error) {
	switch {
	case len(source) > MaxSource:
		return "", false, ErrorAt(0, "the expression is longer than %d bytes", MaxSource)
	case strings.HasPrefix(source, "@(") && strings.HasSuffix(source, ")"):
		return source[2 : len(source)-1], false, nil
	case strings.HasPrefix(source, "@{") && strings.HasSuffix(source, "}"):
		// The parser of statements wants to see the closing brace.
		return source[2:], true, nil
	}
	return "", false, ErrorAt(0, "an expression is written @( ... ) or @{ ... }")
}
