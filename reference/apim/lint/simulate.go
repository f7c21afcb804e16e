package lint

import (
	"net/http"
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

// visit is a counter or a cache policy that a sample reached.
type visit struct {
	statement
	key       string
	keyFailed bool // the expression throws for this sample
	fixedKey  bool // the same key for all requests
	stored    any  // the value of a cache-store-value
	ordinary  bool // a cache entry that no token stands or falls with
	validated bool // a validate-jwt stood before it
	asked     bool // the request went on to the backend
	ctx       *expr.Context
}

// outcome is how a sample fared on a path.
type outcome struct {
	visits  []visit
	through bool // it came to the end
	status  int  // of the answer, where it did not
}

// refused reports whether the policies turned the request away.
func (o outcome) refused() bool { return !o.through && o.status >= http.StatusBadRequest }

// simulation runs one path for one sample.
type simulation struct {
	ctx       *expr.Context
	sample    sample
	cache     caching
	caches    *cacheUse
	validated bool
	outcome
}

// simulate runs a path, whose backend answers with a status.
func simulate(p path, s sample, c caching, status int) outcome {
	sim := &simulation{ctx: s.context(p.environment, status), sample: s, cache: c, caches: p.caches}
	asked := sim.all(p.inbound)
	sim.through = asked && sim.all(p.outbound)
	for i := range sim.visits {
		sim.visits[i].asked = asked
	}
	return sim.outcome
}

// all runs statements, and reports whether the request went on behind them.
func (s *simulation) all(statements []statement) bool {
	for _, st := range statements {
		if !s.one(st) {
			return false
		}
	}
	return true
}

func (s *simulation) one(st statement) bool {
	switch st.node.Name {
	case "set-variable":
		s.setVariable(st)
	case "validate-jwt":
		return s.validate(st.node)
	case "rate-limit-by-key", "quota-by-key":
		s.visit(st, "counter-key")
	case "cache-store-value":
		s.visit(st, "key")
	case "cache-lookup-value":
		s.visit(st, "key")
		s.lookup(st)
	case "choose":
		return s.choose(st)
	case "return-response":
		return s.end(statusOf(st.node))
	}
	return true
}

// end is where a request goes no further.
func (s *simulation) end(status int) bool {
	s.status = status
	return false
}

// statusOf is what a return-response answers with.
func statusOf(n *policyxml.Node) int {
	if set := child(n, "set-status"); set != nil {
		text, _ := attr(set, "code")
		if code, err := strconv.Atoi(text); err == nil {
			return code
		}
	}
	return http.StatusOK
}

// eval computes an attribute.
func (s *simulation) eval(st statement, name string) (any, error) {
	text, ok := attr(st.node, name)
	if !ok || !policyxml.IsExpression(text) {
		return text, nil
	}
	p, err := st.document.compile(text)
	if err != nil {
		return nil, err
	}
	return p.Eval(s.ctx)
}

func (s *simulation) setVariable(st statement) {
	name, _ := attr(st.node, "name")
	v, err := s.eval(st, "value")
	if err != nil {
		delete(s.ctx.Variables, name)
		return
	}
	s.ctx.Variables[name] = v
}

// validate accepts the sample token, however it is spelled, and an unsigned one
// where the policy does not ask for a signature.
func (s *simulation) validate(n *policyxml.Node) bool {
	signed, _ := attr(n, "require-signed-tokens")
	if s.sample.authorization == "" || s.sample.forged && signed != "false" {
		return s.end(http.StatusUnauthorized)
	}
	s.validated = true
	if name, ok := attr(n, "output-token-variable-name"); ok {
		s.ctx.Variables[name] = expr.ParseJwt(s.sample.authorization)
	}
	return true
}

func (s *simulation) visit(st statement, key string) {
	v, err := s.eval(st, key)
	stored, _ := s.eval(st, "value")
	s.visits = append(s.visits, visit{
		statement: st, key: expr.Text(v), keyFailed: err != nil, fixedKey: st.isFixed(key), stored: stored,
		ordinary: s.caches.ordinary(st.node, expr.Text(v)), validated: s.validated, ctx: s.ctx,
	})
}

// isFixed reports whether an attribute is the same for all requests.
func (st statement) isFixed(name string) bool {
	text, _ := attr(st.node, name)
	if !policyxml.IsExpression(text) {
		return true
	}
	p, err := st.document.compile(text)
	return err == nil && p.Constant()
}

func (s *simulation) lookup(st statement) {
	name, _ := attr(st.node, "variable-name")
	if v, ok := s.cache.found[st.node]; ok {
		s.ctx.Variables[name] = v
		return
	}
	if !s.cache.away && st.isFixed("key") {
		s.ctx.Variables[name] = "1"
		return
	}
	delete(s.ctx.Variables, name)
	if _, ok := attr(st.node, "default-value"); ok {
		s.ctx.Variables[name], _ = s.eval(st, "default-value")
	}
}

// choose takes the first branch whose condition holds. A condition that
// throws ends the request, as it does in the gateway.
func (s *simulation) choose(st statement) bool {
	for _, branch := range inside(st.document, st.node) {
		holds := branch.node.Name == "otherwise"
		if !holds {
			v, err := s.eval(branch, "condition")
			if err != nil {
				return s.end(http.StatusInternalServerError)
			}
			holds = v == true || v == "true"
		}
		if holds {
			return s.all(inside(branch.document, branch.node))
		}
	}
	return true
}

func inside(d *document, n *policyxml.Node) []statement {
	statements := make([]statement, len(n.Children))
	for i, c := range n.Children {
		statements[i] = statement{d, c}
	}
	return statements
}
