package policy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// Element is a node that is being loaded. It notes which attributes were
// asked for, so that the others are refused.
type Element struct {
	*policyxml.Node
	l     *loader
	asked []string
}

// Child is a child that is being loaded.
func (e *Element) Child(n *policyxml.Node) *Element { return e.l.element(n) }

// Policies loads the children, as those of a branch of choose.
func (e *Element) Policies() []Policy { return e.l.policies(e, false) }

// Enter says that the child i is being loaded, until leave is called.
func (e *Element) Enter(i int) (leave func()) { return e.l.enter(e.Children, i) }

// Section is the section in which the element stands.
func (e *Element) Section() string { return e.l.section }

// Place names where the element stands in its document, uniquely.
func (e *Element) Place() string {
	return fmt.Sprintf("%s %s:%d:%d", e.Name, e.l.file, e.Pos.Line, e.Pos.Column)
}

// Facts are those of the service.
func (e *Element) Facts() Facts { return e.l.facts }

// Fail records what is wrong with the element.
func (e *Element) Fail(code Code, format string, args ...any) {
	e.l.fail(&LoadError{Line: e.Pos.Line, Element: e.Name, Code: code, Msg: fmt.Sprintf(format, args...)})
}

// FailAttr records what is wrong with an attribute.
func (e *Element) FailAttr(a policyxml.Attr, code Code, format string, args ...any) {
	e.l.fail(&LoadError{Line: a.Pos.Line, Element: e.Name, Attribute: a.Name, Code: code, Msg: fmt.Sprintf(format, args...)})
}

// Attr finds an attribute.
func (e *Element) Attr(name string) (policyxml.Attr, bool) {
	e.asked = append(e.asked, name)
	i := slices.IndexFunc(e.Attrs, func(a policyxml.Attr) bool { return a.Name == name })
	if i < 0 {
		return policyxml.Attr{}, false
	}
	a := e.Attrs[i]
	a.Value = e.l.named(a.Value, a.Pos.Line, e.Name)
	return a, true
}

// Required is Attr for one that must be there.
func (e *Element) Required(name string) (policyxml.Attr, bool) {
	a, ok := e.Attr(name)
	if !ok {
		e.Fail(CodeInvalid, "the attribute %s is missing", name)
	}
	return a, ok
}

// Done refuses every attribute that nobody asked for.
func (e *Element) Done() {
	for _, a := range e.Attrs {
		if !slices.Contains(e.asked, a.Name) {
			e.FailAttr(a, CodeUnsupported, "the attribute is not supported")
		}
	}
}

// Ignore takes all attributes as they are.
func (e *Element) Ignore() {
	for _, a := range e.Attrs {
		e.asked = append(e.asked, a.Name)
	}
}

// Empty refuses children and text.
func (e *Element) Empty() {
	if len(e.Children) > 0 {
		e.Child(e.Children[0]).Fail(CodeUnsupported, "no element is expected inside <%s>", e.Name)
	}
	if e.Text != "" {
		e.Fail(CodeInvalid, "no text is expected")
	}
}

// Texts are the types that a string attribute takes; APIM formats them.
var Texts = []expr.Type{
	expr.String, expr.Null, expr.Object, expr.Int, expr.Long, expr.Double, expr.Bool, expr.CharType, expr.Guid, expr.DateTime,
}

// program compiles an expression and checks its type.
func (e *Element) program(source string, pos policyxml.Pos, attr string, wanted []expr.Type) *expr.Program {
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

// Parsed makes a value of an attribute: an expression of one of the types, or
// a literal that parse accepts.
func (e *Element) Parsed(a policyxml.Attr, wanted []expr.Type, parse func(string) (any, error)) Value {
	v := Value{Set: true, source: e.Name}
	if policyxml.IsExpression(a.Value) {
		v.program = e.program(a.Value, a.ValuePos, a.Name, wanted)
		return v
	}
	if holdsExpression(a.Value) {
		e.FailAttr(a, CodeInvalid, "an expression must be the whole value")
	}
	literal, err := parse(a.Value)
	if err != nil && !namedValue.MatchString(a.Value) {
		e.FailAttr(a, CodeInvalid, "%s", err)
	}
	v.Literal = literal
	return v
}

// holdsExpression finds an expression inside a literal, which APIM would send
// as it is written.
func holdsExpression(s string) bool { return strings.Contains(s, "@(") || strings.Contains(s, "@{") }

// AnyText takes every literal.
func AnyText(s string) (any, error) { return s, nil }

// Value reads a string attribute that may be an expression.
func (e *Element) Value(name string) Value {
	a, ok := e.Attr(name)
	if !ok {
		return Value{}
	}
	return e.Parsed(a, Texts, AnyText)
}

// RequiredValue is Value for one that must be there.
func (e *Element) RequiredValue(name string) Value {
	if a, ok := e.Required(name); ok {
		return e.Parsed(a, Texts, AnyText)
	}
	return Value{}
}

// Integer reads a whole number that may be an expression.
func (e *Element) Integer(name string, fallback int) Value {
	a, ok := e.Attr(name)
	if !ok {
		return Value{Literal: fallback}
	}
	return e.Parsed(a, []expr.Type{expr.Int, expr.Long}, func(s string) (any, error) {
		n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 32)
		if err != nil {
			return 0, fmt.Errorf("%q is not a whole number", s)
		}
		return int(n), nil
	})
}

// Boolean reads true or false that may be an expression.
func (e *Element) Boolean(name string, fallback bool) Value {
	a, ok := e.Attr(name)
	if !ok {
		return Value{Literal: fallback}
	}
	return e.Parsed(a, []expr.Type{expr.Bool}, func(s string) (any, error) {
		switch strings.ToLower(strings.TrimSpace(s)) {
		case "true":
			return true, nil
		case "false":
			return false, nil
		}
		return false, fmt.Errorf("%q is neither true nor false", s)
	})
}

// Fixed reads an attribute that APIM takes as a literal only.
func (e *Element) Fixed(name, fallback string) string {
	a, ok := e.Attr(name)
	if !ok {
		return fallback
	}
	if policyxml.IsExpression(a.Value) {
		e.FailAttr(a, CodeInvalid, "an expression is not allowed here")
	}
	return a.Value
}

// OneOf reads a literal out of a closed list, the first of which is the
// default.
func (e *Element) OneOf(name string, choices ...string) string {
	s := e.Fixed(name, choices[0])
	if !slices.Contains(choices, s) {
		a, _ := e.Attr(name)
		e.FailAttr(a, CodeInvalid, "%q is not one of %s", s, strings.Join(choices, ", "))
	}
	return s
}

// Content is the text of the element, which may be an expression.
func (e *Element) Content() Value {
	text := e.l.named(e.Text, e.Pos.Line, e.Name)
	if policyxml.IsExpression(text) {
		return Value{Set: true, source: e.Name, program: e.program(text, e.TextPos, "", Texts)}
	}
	if holdsExpression(text) {
		e.Fail(CodeInvalid, "an expression must be the whole text")
	}
	return Value{Set: true, source: e.Name, Literal: text}
}

// List reads the one kind of children that an element may have.
func (e *Element) List(name string) []Value {
	var values []Value
	for _, n := range e.Children {
		child := e.Child(n)
		child.Done()
		if n.Name != name {
			child.Fail(CodeUnsupported, "<%s> holds %s elements", e.Name, name)
			continue
		}
		values = append(values, child.Content())
	}
	if e.Text != "" {
		e.Fail(CodeInvalid, "text is not expected: use %s elements", name)
	}
	return values
}
