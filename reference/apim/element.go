package apim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// element is a node that is being loaded. It notes which attributes were
// asked for, so that the others are refused.
type element struct {
	*policyxml.Node
	l     *loader
	asked []string
}

// fail records what is wrong with the element.
func (e *element) fail(code Code, format string, args ...any) {
	e.l.fail(&LoadError{Line: e.Pos.Line, Element: e.Name, Code: code, Msg: fmt.Sprintf(format, args...)})
}

func (e *element) failAttr(a policyxml.Attr, code Code, format string, args ...any) {
	e.l.fail(&LoadError{Line: a.Pos.Line, Element: e.Name, Attribute: a.Name, Code: code, Msg: fmt.Sprintf(format, args...)})
}

// attr finds an attribute.
func (e *element) attr(name string) (policyxml.Attr, bool) {
	e.asked = append(e.asked, name)
	i := slices.IndexFunc(e.Attrs, func(a policyxml.Attr) bool { return a.Name == name })
	if i < 0 {
		return policyxml.Attr{}, false
	}
	a := e.Attrs[i]
	a.Value = e.l.named(a.Value, a.Pos.Line, e.Name)
	return a, true
}

// required is attr for one that must be there.
func (e *element) required(name string) (policyxml.Attr, bool) {
	a, ok := e.attr(name)
	if !ok {
		e.fail(CodeInvalid, "the attribute %s is missing", name)
	}
	return a, ok
}

// done refuses every attribute that nobody asked for.
func (e *element) done() {
	for _, a := range e.Attrs {
		if !slices.Contains(e.asked, a.Name) {
			e.failAttr(a, CodeUnsupported, "the attribute is not supported")
		}
	}
}

// empty refuses children and text.
func (e *element) empty() {
	if len(e.Children) > 0 {
		e.l.element(e.Children[0]).fail(CodeUnsupported, "no element is expected inside <%s>", e.Name)
	}
	if e.Text != "" {
		e.fail(CodeInvalid, "no text is expected")
	}
}

// texts are the types that a string attribute takes; APIM formats them.
var texts = []expr.Type{
	expr.String, expr.Null, expr.Object, expr.Int, expr.Long, expr.Double, expr.Bool, expr.CharType, expr.Guid, expr.DateTime,
}

// program compiles an expression and checks its type.
func (e *element) program(source string, pos policyxml.Pos, attr string, wanted []expr.Type) *expr.Program {
	p, err := expr.Compile(source)
	if err != nil {
		line := pos.Line
		if located, ok := err.(*expr.Error); ok {
			line += strings.Count(source[:min(located.Offset, len(source))], "\n")
		}
		e.l.fail(&LoadError{Line: line, Element: e.Name, Attribute: attr, Code: CodeExpression, Msg: err.Error()})
		return nil
	}
	if wanted != nil && !slices.Contains(wanted, p.Type) {
		e.l.fail(&LoadError{
			Line: pos.Line, Element: e.Name, Attribute: attr, Code: CodeExpression,
			Msg: fmt.Sprintf("the expression is a %s, and %s is wanted", p.Type, wanted[0]),
		})
	}
	return p
}

// parsed makes a value of an attribute: an expression of one of the types, or
// a literal that parse accepts.
func (e *element) parsed(a policyxml.Attr, wanted []expr.Type, parse func(string) (any, error)) value {
	v := value{set: true, source: e.Name}
	if policyxml.IsExpression(a.Value) {
		v.program = e.program(a.Value, a.ValuePos, a.Name, wanted)
		return v
	}
	if holdsExpression(a.Value) {
		e.failAttr(a, CodeInvalid, "an expression must be the whole value")
	}
	literal, err := parse(a.Value)
	if err != nil && !namedValue.MatchString(a.Value) {
		e.failAttr(a, CodeInvalid, "%s", err)
	}
	v.literal = literal
	return v
}

// holdsExpression finds an expression inside a literal, which APIM would send
// as it is written.
func holdsExpression(s string) bool { return strings.Contains(s, "@(") || strings.Contains(s, "@{") }

func anyText(s string) (any, error) { return s, nil }

// text reads a string attribute that may be an expression.
func (e *element) text(name string) value {
	a, ok := e.attr(name)
	if !ok {
		return value{}
	}
	return e.parsed(a, texts, anyText)
}

func (e *element) requiredText(name string) value {
	if a, ok := e.required(name); ok {
		return e.parsed(a, texts, anyText)
	}
	return value{}
}

// integer reads a whole number that may be an expression.
func (e *element) integer(name string, fallback int) value {
	a, ok := e.attr(name)
	if !ok {
		return value{literal: fallback}
	}
	return e.parsed(a, []expr.Type{expr.Int, expr.Long}, func(s string) (any, error) {
		n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 32)
		if err != nil {
			return 0, fmt.Errorf("%q is not a whole number", s)
		}
		return int(n), nil
	})
}

// boolean reads true or false that may be an expression.
func (e *element) boolean(name string, fallback bool) value {
	a, ok := e.attr(name)
	if !ok {
		return value{literal: fallback}
	}
	return e.parsed(a, []expr.Type{expr.Bool}, func(s string) (any, error) {
		switch strings.ToLower(strings.TrimSpace(s)) {
		case "true":
			return true, nil
		case "false":
			return false, nil
		}
		return false, fmt.Errorf("%q is neither true nor false", s)
	})
}

// fixed reads an attribute that APIM takes as a literal only.
func (e *element) fixed(name, fallback string) string {
	a, ok := e.attr(name)
	if !ok {
		return fallback
	}
	if policyxml.IsExpression(a.Value) {
		e.failAttr(a, CodeInvalid, "an expression is not allowed here")
	}
	return a.Value
}

// oneOf reads a literal out of a closed list, the first of which is the
// default.
func (e *element) oneOf(name string, choices ...string) string {
	s := e.fixed(name, choices[0])
	if !slices.Contains(choices, s) {
		a, _ := e.attr(name)
		e.failAttr(a, CodeInvalid, "%q is not one of %s", s, strings.Join(choices, ", "))
	}
	return s
}

// content is the text of the element, which may be an expression.
func (e *element) content() value {
	text := e.l.named(e.Text, e.Pos.Line, e.Name)
	if policyxml.IsExpression(text) {
		return value{set: true, source: e.Name, program: e.program(text, e.TextPos, "", texts)}
	}
	if holdsExpression(text) {
		e.fail(CodeInvalid, "an expression must be the whole text")
	}
	return value{set: true, source: e.Name, literal: text}
}
