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
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/cache"
	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policy"
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
// both from the product document, if there is only one.
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

// Lint returns what it finds, by file and line. The error says what cannot be
// read or is not supported; then there are no findings.
func Lint(files []File, o Options) ([]Finding, error) {
	if o.TokenLifetime == 0 {
		o.TokenLifetime = time.Hour
	}
	documents, err := load(files, o)
	if err != nil {
		return nil, err
	}
	l := newLinter(o, documents)
	for _, rule := range checks {
		rule(l)
	}
	return l.sorted(), nil
}

func newLinter(o Options, documents []*document) *linter {
	l := &linter{options: o, documents: documents, at: map[place]bool{}, samples: newSamples(o.TokenLifetime, idClaim(documents), claimsIn(documents))}
	paths := pathsOf(documents)
	use := cacheUseOf(paths, l.samples.plain)
	for _, p := range paths {
		p.caches = use
		l.paths = append(l.paths, p)
		l.visits = append(l.visits, simulate(p, l.samples.plain, healthy, http.StatusNoContent).visits...)
	}
	return l
}

// checks look for holes; a check may know several rules.
var checks = []func(*linter){
	(*linter).parameters, (*linter).static, (*linter).keys, (*linter).increments, (*linter).durations, (*linter).failingCaches, (*linter).coverage,
}

type linter struct {
	options   Options
	documents []*document
	samples   samples
	paths     []path
	visits    []visit // what the plain sample reaches on all paths
	findings  []Finding
	at        map[place]bool // of the findings
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

// document is a file that was read.
type document struct {
	name  string
	level string // global, product, api or operation
	api   string // of an operation, may be empty
	id    string
	root  *policyxml.Node
	// programs are what was compiled: every sample runs every expression.
	programs map[string]*expr.Program
}

func (d *document) compile(text string) (*expr.Program, error) {
	if p, ok := d.programs[text]; ok {
		return p, nil
	}
	p, err := expr.Compile(text)
	if err == nil {
		d.programs[text] = p
	}
	return p, err
}

var namedValue = regexp.MustCompile(`\{\{([A-Za-z0-9_.-]+)\}\}`)

const anyNamedValue = "0256"

// load reads all files, and refuses what the runtime would refuse, except for
// what a rule speaks of.
func load(files []File, o Options) ([]*document, error) {
	var documents []*document
	var errs apim.LoadErrors
	for _, f := range files {
		f.Text = namedValue.ReplaceAllStringFunc(f.Text, func(match string) string {
			if v, ok := o.NamedValues[match[2:len(match)-2]]; ok {
				return v
			}
			return anyNamedValue
		})
		for _, e := range apim.Check(apim.Document{Name: f.Name, XML: f.Text}, apim.Options{External: cache.NewMemory(nil, 0)}) {
			if e.Code != policy.CodePeriod || e.Element != "rate-limit-by-key" {
				errs = append(errs, e)
			}
		}
		d, err := read(f)
		if err != nil && len(errs) == 0 {
			return nil, err
		}
		documents = append(documents, d)
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return documents, nil
}

func read(f File) (*document, error) {
	d := &document{name: f.Name, programs: map[string]*expr.Program{}}
	parts := strings.Split(f.Scope, "/")
	d.level, d.id = parts[0], parts[len(parts)-1]
	known := d.level == "global" && len(parts) == 1 ||
		slices.Contains([]string{"product", "api", "operation"}, d.level) && len(parts) == 2 ||
		d.level == "operation" && len(parts) == 3
	if !known {
		return nil, fmt.Errorf("%s: the scope %q is none of global, product/NAME, api/NAME, operation/NAME, operation/API/NAME", f.Name, f.Scope)
	}
	if len(parts) == 3 {
		d.api = parts[1]
	}
	var err error
	d.root, err = policyxml.Parse(f.Name, f.Text)
	return d, err
}
