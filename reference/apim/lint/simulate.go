package lint

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// caching is what the simulated cache answers.
type caching struct {
	// away finds nothing. Otherwise what is stored under a fixed key is found,
	// and nothing under a key that depends on the request: a healthy cache, and
	// a live token.
	away bool
	// found is what look-ups find all the same.
	found map[*policyxml.Node]any
}

// healthy is a cache that knows of no logout.
var healthy = caching{}

// outcome is how a sample fared on a path.
type outcome struct {
	visits  []visit
	through bool // it came to the end
	asked   bool // it came to the backend
	status  int  // of the answer, where it did not
	// validated says that a validation stood on the way.
	validated bool
	// doubts are what was not understood on the way and may matter, and
	// undecided the conditions among it.
	doubts    []reservation
	undecided []statement
}

// refused reports whether the policies turned the request away, or made an
// answer of the backend look so.
func (o outcome) refused() bool { return o.status >= http.StatusBadRequest }

// mostSteps bounds a simulation: fragments may include fragments.
const mostSteps = 20_000

// simulation runs one path for one sample.
type simulation struct {
	ctx    *expr.Context
	sample sample
	cache  caching
	path   path
	after  bool // the backend was asked
	opaque map[string]unknown
	steps  int
	depth  int
	outcome
}

// simulate runs a path, whose backend answers with a status.
func simulate(p path, s sample, c caching, status int) outcome {
	sim := &simulation{ctx: s.context(p.environment, status), sample: s, cache: c, path: p, opaque: map[string]unknown{}}
	sim.asked = sim.all(p.inbound)
	sim.after = true
	sim.through = sim.asked && sim.all(p.outbound)
	for i := range sim.visits {
		sim.visits[i].asked = sim.asked
	}
	return sim.outcome
}

// all runs statements, and reports whether the request went on behind them.
func (s *simulation) all(statements []statement) bool {
	for _, st := range statements {
		if s.steps++; s.steps > mostSteps {
			return false
		}
		if !s.one(st) {
			return false
		}
	}
	return true
}

func (s *simulation) one(st statement) bool {
	switch name := st.node.Name; {
	case name == "set-variable":
		s.setVariable(st)
	case name == "set-header":
		s.setHeader(st)
	case name == "validate-jwt", name == "validate-azure-ad-token":
		return s.validate(st)
	case isCounter(st.node), isLimit(st.node):
		s.visit(st, "counter-key")
	case name == "cache-store-value", name == "cache-remove-value":
		s.visit(st, "key")
	case name == "cache-lookup-value":
		s.visit(st, "key")
		s.lookup(st)
	case isResponseCache(st.node):
		s.visit(st, "")
	case name == "choose":
		return s.choose(st)
	case name == "include-fragment":
		return s.include(st)
	case name == "set-status":
		s.status = numberOf(st.node, "code", s.status)
	case name == "return-response":
		return s.end(statusOf(st.node))
	case name == "mock-response":
		return s.end(numberOf(st.node, "status-code", http.StatusOK))
	case name == "check-header":
		return s.checkHeader(st)
	case around[name]:
		return s.all(inside(st.document, st.node))
	case !harmless[name]:
		s.other(st)
	}
	return true
}

// other is an element that fills a variable or the token's header with what is
// not known, or one that is not known itself.
func (s *simulation) other(st statement) {
	switch st.node.Name {
	case "send-request":
		s.unknownVariable(st, "response-variable-name")
	case "get-authorization-context":
		s.unknownVariable(st, "context-variable-name")
	case "authentication-managed-identity", "authentication-basic":
		if _, ok := attr(st.node, "output-token-variable-name"); ok {
			s.unknownVariable(st, "output-token-variable-name")
		} else {
			s.ctx.Request.Header.Set("Authorization", "Bearer of-the-gateway")
		}
	default:
		s.doubt(reservation{st.document, st.node, "<" + st.node.Name + "> is not known: it could return early, set a variable or change the token's header"})
	}
}

func (s *simulation) unknownVariable(st statement, name string) {
	if v, ok := attr(st.node, name); ok {
		r := reservation{st.document, st.node, "what <" + st.node.Name + "> gets is not known, and a key or a condition of the revocation needs it"}
		s.ctx.Variables[v] = expr.Opaque{Source: unknown{r}}
	}
}

// doubt adds what is not understood, for all that comes behind it.
func (s *simulation) doubt(r reservation) {
	if !slices.Contains(s.doubts, r) {
		s.doubts = append(s.doubts, r)
	}
}

// end is where a request goes no further.
func (s *simulation) end(status int) bool {
	s.status = status
	return false
}

// statusOf is what a return-response answers with.
func statusOf(n *policyxml.Node) int {
	if set := child(n, "set-status"); set != nil {
		return numberOf(set, "code", http.StatusOK)
	}
	return http.StatusOK
}

// numberOf is an attribute that is a literal number, or what stands for it.
func numberOf(n *policyxml.Node, name string, fallback int) int {
	text, _ := attr(n, name)
	if code, err := strconv.Atoi(text); err == nil {
		return code
	}
	return fallback
}

// mostIncluded is how deep fragments lie in one another.
const mostIncluded = 8

func (s *simulation) include(st statement) bool {
	id, _ := attr(st.node, "fragment-id")
	f := st.document.fragments[id]
	switch {
	case f == nil:
		s.doubt(reservation{st.document, st.node, "the fragment " + strconv.Quote(id) + " is not given: it could return early, set a variable, count or look up a key; give its file"})
		return true
	case s.depth >= mostIncluded:
		return true
	}
	s.depth++
	defer func() { s.depth-- }()
	return s.all(inside(f, f.root))
}

// checkHeader refuses a request without the header.
func (s *simulation) checkHeader(st statement) bool {
	name, _ := attr(st.node, "name")
	if s.ctx.Request.Header.Get(name) == "" && !policyxml.IsExpression(name) {
		return s.end(numberOf(st.node, "failed-check-httpcode", http.StatusUnauthorized))
	}
	return true
}

// choose takes the first branch whose condition holds. A condition that
// throws ends the request, as it does in the gateway; of one that is not
// understood the path assumes something.
func (s *simulation) choose(st statement) bool {
	for _, branch := range inside(st.document, st.node) {
		holds := branch.node.Name == "otherwise"
		if !holds {
			v, err := s.eval(branch, "condition")
			if u, ok := err.(*unknown); ok {
				holds = s.assume(branch, u)
			} else if err != nil {
				return s.end(http.StatusInternalServerError)
			} else {
				holds = v == true || v == "true" || v == "True"
			}
		}
		if holds {
			return s.all(inside(branch.document, branch.node))
		}
	}
	return true
}

// assume takes the condition of a branch as the path has it. What is in the
// branch decides whether it matters.
func (s *simulation) assume(branch statement, u *unknown) bool {
	if !matters(branch) {
		return false
	}
	s.doubt(u.reservation)
	if !slices.ContainsFunc(s.undecided, func(st statement) bool { return st.node == branch.node }) {
		s.undecided = append(s.undecided, branch)
	}
	return s.path.assumed[branch.node]
}

// matters reports whether a branch holds what a revocation is made of, or lets
// a request end well.
func matters(branch statement) bool {
	found := false
	walk(branch, func(st statement) {
		name := st.node.Name
		switch {
		case isCounter(st.node), name == "cache-store-value", name == "cache-lookup-value", name == "validate-jwt", name == "validate-azure-ad-token",
			name == "set-variable", name == "return-response" && statusOf(st.node) < http.StatusBadRequest:
			found = true
		}
	})
	return found
}

func inside(d *document, n *policyxml.Node) []statement {
	statements := make([]statement, len(n.Children))
	for i, c := range n.Children {
		statements[i] = statement{d, c}
	}
	return statements
}

// with is the assumptions and one more.
func with(assumed map[*policyxml.Node]bool, n *policyxml.Node, holds bool) map[*policyxml.Node]bool {
	more := maps.Clone(assumed)
	if more == nil {
		more = map[*policyxml.Node]bool{}
	}
	more[n] = holds
	return more
}
