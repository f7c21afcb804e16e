// Package lint finds holes in Azure API Management policies that revoke a
// token at logout.
//
// It runs the documents on a handful of sample requests (one token in several
// spellings, no token, a forged one, a cache that is away) and looks at which
// keys they count and look up. It verifies no signature: a validate-jwt is
// taken to accept the sample token and to refuse the forged one. What it
// cannot see is what the documents do not say: the tier, the regions, the
// lifetime of the tokens, what the backend answers.
package lint

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// Tier is the tier of the service, as far as rules depend on it.
type Tier string

// The tiers. The zero value is unknown: rules assume the worse of the first two.
const (
	Unknown     Tier = ""
	Classic     Tier = "classic"
	V2          Tier = "v2"
	Consumption Tier = "consumption"
)

// Options are the facts that the documents do not hold.
type Options struct {
	// TokenLifetime is how long a token lives; 0 is one hour.
	TokenLifetime time.Duration
	Tier          Tier
	// NamedValues replace {{name}}. A name that is not given stands for 0256,
	// which is a number, a Base64 text and a string.
	NamedValues map[string]string
}

// File is one policy document. Scope is "global", "product/NAME", "api/NAME",
// "operation/NAME" or "operation/API/NAME"; see ScopeByName. An operation
// without an API inherits from the API document, if there is only one, and
// both from the product document, if there is only one. A file whose root is
// <fragment> is a fragment, whose name is that of the file, or NAME of the scope
// "fragment/NAME".
type File struct {
	Name, Scope, Text string
}

// Finding is one hole, at one place.
type Finding struct {
	Rule Rule
	File string
	Line int
	// Message says what was found here; the rule says why it matters and how
	// to mend it.
	Message string
}

// ScopeByName is the scope that a file's name suggests: global.xml, api.xml or
// api-NAME.xml, product-NAME.xml, and else the operation of the file's name.
func ScopeByName(file string) string {
	base := strings.TrimSuffix(file[strings.LastIndexAny(file, `/\`)+1:], ".xml")
	for _, level := range []string{"api", "product"} {
		if base == level {
			return level + "/" + level
		}
		if name, ok := strings.CutPrefix(base, level+"-"); ok {
			return level + "/" + name
		}
	}
	if base == "global" {
		return "global"
	}
	return "operation/" + base
}

// ScopeNamed is the scope that a short name stands for: api, product, or the
// name of an operation. A scope in full is itself.
func ScopeNamed(s string) string {
	switch {
	case s == "global" || s == "fragment" || strings.Contains(s, "/"):
		return s
	case s == "api" || s == "product":
		return s + "/" + s
	}
	return "operation/" + s
}

// Lint returns what it finds, by file and line. What is outside the subset is
// not judged, and is a finding of the rule NotJudged if it could matter; all
// else is judged. The error is about files that cannot be read, or a scope that
// is none; the findings are those of the other files.
func Lint(files []File, o Options) ([]Finding, error) {
	if o.TokenLifetime == 0 {
		o.TokenLifetime = time.Hour
	}
	documents, unread, err := load(files, o)
	if err != nil {
		return nil, err
	}
	l := newLinter(o, documents)
	for _, rule := range checks {
		rule(l)
	}
	l.reserve()
	l.findings = append(l.findings, unread...)
	return l.sorted(), unreadable(unread)
}

func unreadable(findings []Finding) error {
	var errs []error
	for _, f := range findings {
		errs = append(errs, fmt.Errorf("%s:%d: %s", f.File, f.Line, f.Message))
	}
	return errors.Join(errs...)
}

// Count tells holes from places that are not judged.
func Count(findings []Finding) (holes, reserved int) {
	for _, f := range findings {
		if f.Rule.ID == NotJudged.ID {
			reserved++
		}
	}
	return len(findings) - reserved, reserved
}

func newLinter(o Options, documents []*document) *linter {
	l := &linter{options: o, documents: documents, at: map[place]bool{}, traced: traceToken(documents)}
	l.samples = newSamples(o.TokenLifetime, idClaim(documents), claimsIn(documents), tokenHeaders(documents))
	l.paths = pathsOf(documents, o, l.samples.plain)
	use := cacheUseOf(l.paths, l.samples.plain)
	for i := range l.paths {
		l.paths[i].caches = use
		seen := simulate(l.paths[i], l.samples.plain, healthy, http.StatusNoContent)
		l.runs = append(l.runs, run{&l.paths[i], seen})
	}
	l.assignRoles()
	return l
}

// checks look for holes; a check may know several rules.
var checks = []func(*linter){
	(*linter).parameters, (*linter).static, (*linter).keys, (*linter).increments, (*linter).durations, (*linter).failingCaches,
	(*linter).afterBackend, (*linter).skipped, (*linter).neverRefuses, (*linter).responseCaches, (*linter).removals, (*linter).secondLookups,
	(*linter).coverage,
}

type linter struct {
	options   Options
	documents []*document
	samples   samples
	paths     []path
	traced    trace
	runs      []run   // the plain sample on all paths
	visits    []visit // what it reaches there
	findings  []Finding
	at        map[place]bool // of the findings
	tries     int
	missing   bool // a part of the revocation was not found
}

// place is where a rule has a finding.
type place struct {
	rule, file string
	line       int
}

// found adds a finding, once for each place.
func (l *linter) found(r Rule, d *document, n *policyxml.Node, format string, args ...any) {
	at := place{r.ID, d.name, n.Pos.Line}
	if !l.at[at] {
		l.at[at] = true
		l.findings = append(l.findings, Finding{r, d.name, n.Pos.Line, fmt.Sprintf(format, args...)})
	}
}

func (l *linter) sorted() []Finding {
	slices.SortStableFunc(l.findings, func(a, b Finding) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
	return l.findings
}
