// Package policy loads policy documents and takes requests through them. What
// one element does lies in the packages below.
package policy

import (
	"errors"
	"regexp"
	"slices"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// Policy is one loaded element that runs.
type Policy interface {
	Run(x *Exchange) error
}

// The sections of a document.
const (
	Inbound  = "inbound"
	Backend  = "backend"
	Outbound = "outbound"
	OnError  = "on-error"
)

// Sections are those of a document, in order.
var Sections = []string{Inbound, Backend, Outbound, OnError}

// Definition is how an element is loaded, and in which sections it may stand.
type Definition struct {
	Sections []string
	Load     func(e *Element) Policy
}

// Registry are the policies that can be loaded, by the names of their elements.
type Registry map[string]Definition

// Facts are what a document is loaded with.
type Facts struct {
	Tier Tier
	// NamedValues replace {{name}}.
	NamedValues map[string]string
	// ExternalCache says that the service has one.
	ExternalCache bool
	// Fragments are what include-fragment names.
	Fragments map[string]Document
}

// Load loads the document of a scope, which may be empty if it is not known.
// It returns what could be loaded; the errors say what could not.
func Load(scope Scope, d Document, f Facts, r Registry) (Loaded, LoadErrors) {
	l := &loader{scope: scope, facts: f, registry: r}
	doc := l.document(d)
	return doc, l.errs
}

// loader loads one document. It collects errors, so that all of them are
// shown at once.
type loader struct {
	file     string
	scope    Scope // empty if it is not known
	facts    Facts
	registry Registry
	section  string
	path     string   // of the policy within the section
	inside   []string // the fragments that are being included
	errs     LoadErrors
}

func (l *loader) fail(e *LoadError) {
	if e.File == "" {
		e.File = l.file
	}
	if !slices.ContainsFunc(l.errs, func(o *LoadError) bool { return *o == *e }) {
		l.errs = append(l.errs, e)
	}
}

func (l *loader) element(n *policyxml.Node) *Element { return &Element{Node: n, l: l} }

// Loaded is a loaded document: its policies, by section. A section that the
// document leaves out is absent.
type Loaded map[string][]Policy

// base marks where the policies of the broader scope run.
type base struct{}

func (base) Run(*Exchange) error { return nil }

// document returns what could be loaded; l.errs says what could not.
func (l *loader) document(d Document) Loaded {
	l.file = d.Name
	root, err := policyxml.Parse(d.Name, d.XML)
	if err != nil {
		l.failXML(err)
		return nil
	}
	if root.Name != "policies" {
		l.element(root).Fail(CodeUnsupported, "the root element of a policy document is <policies>")
		return nil
	}
	l.element(root).Done()
	doc := Loaded{}
	for _, n := range root.Children {
		l.loadSection(doc, n)
	}
	return doc
}

func (l *loader) failXML(err error) {
	var x *policyxml.Error
	if errors.As(err, &x) {
		l.fail(&LoadError{Line: x.Pos.Line, Code: CodeXML, Msg: x.Msg})
	}
}

func (l *loader) loadSection(doc Loaded, n *policyxml.Node) {
	e := l.element(n)
	_, twice := doc[n.Name]
	switch {
	case !slices.Contains(Sections, n.Name):
		e.Fail(CodeUnsupported, "a section is Inbound, Backend, Outbound or on-error")
		return
	case twice:
		e.Fail(CodeInvalid, "the section is given twice")
		return
	}
	e.Done()
	l.section = n.Name
	doc[n.Name] = l.policies(e, true)
	if n.Name == Backend && len(doc[Backend]) > 1 {
		e.Fail(CodeInvalid, "the section holds one policy: forward-request or base")
	}
}

// policies loads the children of a section, or of a branch of choose, where
// <base /> has no place.
func (l *loader) policies(e *Element, baseAllowed bool) []Policy {
	if e.Text != "" {
		e.Fail(CodeInvalid, "text is not expected here")
	}
	loaded := []Policy{}
	for i, n := range e.Children {
		if n.Name == "base" && baseAllowed {
			b := l.element(n)
			b.Done()
			b.Empty()
			loaded = append(loaded, base{})
			continue
		}
		leave := l.enter(e.Children, i)
		if p := l.policy(n); p != nil {
			loaded = append(loaded, p)
		}
		leave()
	}
	return loaded
}

func (l *loader) policy(n *policyxml.Node) Policy {
	e := l.element(n)
	d, ok := l.registry[n.Name]
	switch {
	case n.Name == "base":
		e.Fail(CodeInvalid, "base stands directly in a section")
		return nil
	case !ok:
		e.Fail(CodeUnsupported, "this policy is not supported")
		return nil
	case !slices.Contains(d.Sections, l.section):
		e.Fail(CodeInvalid, "this policy is not allowed in the %s section", l.section)
		return nil
	}
	p := l.placed(e, d.Load(e))
	e.Done()
	return p
}

var namedValue = regexp.MustCompile(`\{\{([A-Za-z0-9_.-]+)\}\}`)

// named replaces {{name}}. A name that is not given is an error, and left as it
// is.
func (l *loader) named(s string, line int, element string) string {
	return namedValue.ReplaceAllStringFunc(s, func(match string) string {
		name := match[2 : len(match)-2]
		v, ok := l.facts.NamedValues[name]
		if !ok {
			l.fail(&LoadError{Line: line, Element: element, Code: CodeInvalid, Msg: "the named value " + name + " is not given"})
			return match
		}
		return v
	})
}
