package apim

import (
	"errors"
	"regexp"
	"slices"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// policy is one loaded element that runs.
type policy interface {
	run(x *exchange) error
}

// The sections of a document.
const (
	inbound  = "inbound"
	backend  = "backend"
	outbound = "outbound"
	onError  = "on-error"
)

var sections = []string{inbound, backend, outbound, onError}

// definition is how an element is loaded, and in which sections it may stand.
type definition struct {
	sections []string
	load     func(e *element) policy
}

// loader loads one document. It collects errors, so that all of them are
// shown at once.
type loader struct {
	file    string
	scope   Scope // empty if it is not known
	options Options
	section string
	path    string // of the policy within the section
	errs    LoadErrors
}

func (l *loader) fail(e *LoadError) {
	e.File = l.file
	if !slices.ContainsFunc(l.errs, func(o *LoadError) bool { return *o == *e }) {
		l.errs = append(l.errs, e)
	}
}

func (l *loader) element(n *policyxml.Node) *element { return &element{Node: n, l: l} }

// document is a loaded document: its policies, by section. A section that the
// document leaves out is absent.
type document map[string][]policy

// base marks where the policies of the broader scope run.
type base struct{}

func (base) run(*exchange) error { return nil }

// loadDocument returns what could be loaded; l.errs says what could not.
func (l *loader) loadDocument(d Document) document {
	l.file = d.Name
	root, err := policyxml.Parse(d.Name, d.XML)
	if err != nil {
		l.failXML(err)
		return nil
	}
	if root.Name != "policies" {
		l.element(root).fail(CodeUnsupported, "the root element of a policy document is <policies>")
		return nil
	}
	l.element(root).done()
	doc := document{}
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

func (l *loader) loadSection(doc document, n *policyxml.Node) {
	e := l.element(n)
	_, twice := doc[n.Name]
	switch {
	case !slices.Contains(sections, n.Name):
		e.fail(CodeUnsupported, "a section is inbound, backend, outbound or on-error")
		return
	case twice:
		e.fail(CodeInvalid, "the section is given twice")
		return
	}
	e.done()
	l.section = n.Name
	doc[n.Name] = l.policies(e, true)
	if n.Name == backend && len(doc[backend]) > 1 {
		e.fail(CodeInvalid, "the section holds one policy: forward-request or base")
	}
}

// policies loads the children of a section, or of a branch of choose, where
// <base /> has no place.
func (l *loader) policies(e *element, baseAllowed bool) []policy {
	if e.Text != "" {
		e.fail(CodeInvalid, "text is not expected here")
	}
	loaded := []policy{}
	for i, n := range e.Children {
		if n.Name == "base" && baseAllowed {
			b := l.element(n)
			b.done()
			b.empty()
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

func (l *loader) policy(n *policyxml.Node) policy {
	e := l.element(n)
	d, ok := registry()[n.Name]
	switch {
	case n.Name == "base":
		e.fail(CodeInvalid, "base stands directly in a section")
		return nil
	case !ok:
		e.fail(CodeUnsupported, "this policy is not supported")
		return nil
	case !slices.Contains(d.sections, l.section):
		e.fail(CodeInvalid, "this policy is not allowed in the %s section", l.section)
		return nil
	}
	p := l.placed(e, d.load(e))
	e.done()
	return p
}

// registry is a function because choose, which it names, loads policies.
func registry() map[string]definition {
	in, all := []string{inbound}, sections
	return map[string]definition{
		"rate-limit-by-key":  {in, loadRateLimit},
		"quota-by-key":       {in, loadQuota},
		"validate-jwt":       {in, loadValidateJwt},
		"check-header":       {in, loadCheckHeader},
		"cache-store-value":  {all, loadCacheStore},
		"cache-lookup-value": {all, loadCacheLookup},
		"cache-remove-value": {all, loadCacheRemove},
		"choose":             {all, loadChoose},
		"set-variable":       {all, loadSetVariable},
		"set-header":         {all, loadSetHeader},
		"set-body":           {all, loadSetBody},
		"set-status":         {all, loadSetStatus},
		"return-response":    {all, loadReturnResponse},
		"forward-request":    {[]string{backend}, loadForward},
	}
}

var namedValue = regexp.MustCompile(`\{\{([A-Za-z0-9_.-]+)\}\}`)

// named replaces {{name}}. A name that is not given is an error, and left as it
// is.
func (l *loader) named(s string, line int, element string) string {
	return namedValue.ReplaceAllStringFunc(s, func(match string) string {
		name := match[2 : len(match)-2]
		v, ok := l.options.NamedValues[name]
		if !ok {
			l.fail(&LoadError{Line: line, Element: element, Code: CodeInvalid, Msg: "the named value " + name + " is not given"})
			return match
		}
		return v
	})
}
