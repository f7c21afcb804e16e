package lint

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// environment is what a request has beside its token: documents at a broad
// scope choose by it what they run.
type environment struct {
	method, path, operation, api, product string
	// header and query are one that the caller adds, as "NAME: VALUE".
	header, query string
}

// mostEnvironments and mostEvaluated bound the work for one document: a large
// one is tried in fewer environments.
const (
	mostEnvironments = 24
	mostEvaluated    = 8000
)

var (
	byEnvironment = regexp.MustCompile(`\.(Operation|Api|Product|Method|Url|OriginalUrl)\b`)
	byHeader      = regexp.MustCompile(`(?i)\.Headers(?:\.(?:GetValueOrDefault|ContainsKey)\(|\[)\s*"([A-Za-z0-9_-]{1,64})"`)
	byQuery       = regexp.MustCompile(`\.Query(?:\.(?:GetValueOrDefault|ContainsKey)\(|\[)\s*"([A-Za-z0-9_-]{1,64})"`)
	quotedText    = regexp.MustCompile(`"([^"\\{}]{0,64})"`)
	httpMethods   = []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
	}
)

// environmentsOf are an ordinary environment, and those that the expressions
// of a path ask for: each text in them may be a method, or else the name of an
// operation or a path; a header or a parameter that they read may have any.
func environmentsOf(p path, o Options) []environment {
	ordinary := ordinaryEnvironment(p.narrowest)
	t := textsOf(p, o)
	methods, places := []string{ordinary.method}, []environment{ordinary}
	for _, text := range t.places {
		if m := strings.ToUpper(text); slices.Contains(httpMethods, m) {
			methods = append(methods, m)
			continue
		}
		named, routed := ordinary.at(text, p.narrowest.level), ordinary
		routed.path = named.path
		places = append(places, named, routed)
	}
	if len(methods) > 1 {
		methods = append(methods, http.MethodDelete, http.MethodGet) // some that no text names
	}
	var all []environment
	most := min(mostEnvironments, 1+mostEvaluated/p.size())
	add := func(e environment) {
		if len(all) < most && !slices.Contains(all, e) {
			all = append(all, e)
		}
	}
	for _, m := range methods {
		e := ordinary
		e.method = m
		add(e)
	}
	for _, added := range t.added {
		e := ordinary
		e.header, e.query = added.header, added.query
		add(e)
	}
	for _, e := range places {
		for _, m := range methods {
			e.method = m
			add(e)
		}
	}
	return all
}

func ordinaryEnvironment(d *document) environment {
	e := environment{method: http.MethodPost, path: "/path", operation: "operation", api: "api", product: "product"}
	switch d.level {
	case "operation":
		e.operation, e.api = d.id, orDefault(d.api, e.api)
	case "api":
		e.api = d.id
	case "product":
		e.product = d.id
	}
	return e
}

// at is the environment at a place that a text names. A document knows what
// its own level is called.
func (e environment) at(text, level string) environment {
	e.path = "/" + strings.TrimPrefix(text, "/")
	if level != "operation" {
		e.operation = text
	}
	if level == "global" || level == "product" {
		e.api = text
	}
	return e
}

// size is how many elements a path has, and at least 1.
func (p path) size() int {
	n := 1
	p.walk(func(statement) { n++ })
	return n
}

func (p path) walk(do func(statement)) {
	for _, st := range append(slices.Clone(p.inbound), p.outbound...) {
		walk(st, do)
	}
}

// texts are what the expressions of a path ask of a request.
type texts struct {
	places []string // methods, operations, paths
	added  []environment
}

// textsOf reads the literals of expressions that look at the environment. What
// a named value holds is taken for a secret, which a caller cannot choose.
func textsOf(p path, o Options) texts {
	var t texts
	secret := func(text string) bool {
		for _, v := range o.NamedValues {
			if v == text {
				return true
			}
		}
		return text == anyNamedValue
	}
	p.walk(func(st statement) {
		for _, a := range st.node.Attrs {
			if policyxml.IsExpression(a.Value) {
				t.read(a.Value, secret)
			}
		}
	})
	return t
}

func (t *texts) read(expression string, secret func(string) bool) {
	var literals []string
	for _, m := range quotedText.FindAllStringSubmatch(expression, mostEnvironments) {
		if m[1] != "" && !secret(m[1]) {
			literals = append(literals, m[1])
		}
	}
	if byEnvironment.MatchString(expression) {
		for _, text := range literals {
			if len(t.places) < mostEnvironments && !slices.Contains(t.places, text) {
				t.places = append(t.places, text)
			}
		}
	}
	for _, m := range byHeader.FindAllStringSubmatch(expression, 4) {
		if !strings.EqualFold(m[1], "Authorization") {
			t.add(literals, m[1], func(text string) environment { return environment{header: text} })
		}
	}
	for _, m := range byQuery.FindAllStringSubmatch(expression, 4) {
		t.add(literals, m[1], func(text string) environment { return environment{query: text} })
	}
}

// add tries a name with each literal of the expression, and with a 1.
func (t *texts) add(literals []string, name string, make func(string) environment) {
	for _, value := range append([]string{"1"}, literals...) {
		e := make(name + ": " + value)
		if value != name && len(t.added) < mostEnvironments/2 && !slices.Contains(t.added, e) {
			t.added = append(t.added, e)
		}
	}
}
