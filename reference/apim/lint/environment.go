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
type environment struct{ method, path, operation, api, product string }

// mostEnvironments and mostEvaluated bound the work for one document: a large
// one is tried in fewer environments.
const (
	mostEnvironments = 16
	mostEvaluated    = 8000
)

var (
	byEnvironment = regexp.MustCompile(`\.(Operation|Api|Product|Method|Url|OriginalUrl)\b`)
	quotedText    = regexp.MustCompile(`"([^"\\{}]{1,64})"`)
	httpMethods   = []string{
		http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions,
	}
)

// environmentsOf are an ordinary environment, and those that the expressions
// of a path ask for: each text in them may be a method, or else the name of an
// operation or a path.
func environmentsOf(p path) []environment {
	ordinary := ordinaryEnvironment(p.narrowest)
	methods, places := []string{ordinary.method}, []environment{ordinary}
	for _, text := range textsOf(p) {
		if m := strings.ToUpper(text); slices.Contains(httpMethods, m) {
			methods = append(methods, m)
		} else {
			places = append(places, ordinary.at(text, p.narrowest.level))
		}
	}
	most := min(mostEnvironments, 1+mostEvaluated/p.size())
	var all []environment
	for _, e := range places {
		for _, m := range methods {
			if e.method = m; len(all) < most && !slices.Contains(all, e) {
				all = append(all, e)
			}
		}
	}
	return all
}

func ordinaryEnvironment(d *document) environment {
	e := environment{http.MethodPost, "/path", "operation", "api", "product"}
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
	for _, st := range append(slices.Clone(p.inbound), p.outbound...) {
		each(st.node, func(*policyxml.Node) { n++ })
	}
	return n
}

// textsOf are the literals of expressions that look at the environment.
func textsOf(p path) []string {
	var texts []string
	look := func(n *policyxml.Node) {
		for _, a := range n.Attrs {
			if !policyxml.IsExpression(a.Value) || !byEnvironment.MatchString(a.Value) {
				continue
			}
			for _, m := range quotedText.FindAllStringSubmatch(a.Value, mostEnvironments) {
				if len(texts) < mostEnvironments && !slices.Contains(texts, m[1]) {
					texts = append(texts, m[1])
				}
			}
		}
	}
	for _, st := range append(slices.Clone(p.inbound), p.outbound...) {
		each(st.node, look)
	}
	return texts
}
