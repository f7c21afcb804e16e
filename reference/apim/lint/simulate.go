package lint

import (
	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// caching is what the simulated cache answers.
type caching int

const (
	// notRevoked finds what is stored under a fixed key, and nothing under a
	// key that depends on the request: a healthy cache, and a live token.
	notRevoked caching = iota
	away               // finds nothing
)

// visit is a counter or a cache policy that a sample reached.
type visit struct {
	statement
	key       string
	keyFailed bool // the expression throws for this sample
	fixedKey  bool // the same key for all requests
	validated bool // a validate-jwt stood before it
	outbound  bool
	ctx       *expr.Context
}

// simulation runs one path for one sample.
type simulation struct {
	ctx       *expr.Context
	sample    sample
	cache     caching
	validated bool
	outbound  bool
	visits    []visit
}

// simulate returns what the sample reaches, and whether it got through to the
// end of the path.
func simulate(p path, s sample, c caching, status int) ([]visit, bool) {
	sim := &simulation{ctx: s.context(status), sample: s, cache: c}
	through := sim.all(p.inbound)
	if through {
		sim.outbound = true
		through = sim.all(p.outbound)
	}
	return sim.visits, through
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
		s.setVariable(st.node)
	case "validate-jwt":
		return s.validate(st.node)
	case "rate-limit-by-key", "quota-by-key":
		s.visit(st, "counter-key")
	case "cache-store-value":
		s.visit(st, "key")
	case "cache-lookup-value":
		s.visit(st, "key")
		s.lookup(st.node)
	case "choose":
		return s.choose(st)
	case "return-response":
		return false
	}
	return true
}

// eval computes an attribute.
func (s *simulation) eval(n *policyxml.Node, name string) (any, error) {
	text, ok := attr(n, name)
	if !ok || !policyxml.IsExpression(text) {
		return text, nil
	}
	p, err := expr.Compile(text)
	if err != nil {
		return nil, err
	}
	return p.Eval(s.ctx)
}

func (s *simulation) setVariable(n *policyxml.Node) {
	name, _ := attr(n, "name")
	v, err := s.eval(n, "value")
	if err != nil {
		delete(s.ctx.Variables, name)
		return
	}
	s.ctx.Variables[name] = v
}

// validate accepts the sample token, however it is spelled, and nothing else.
func (s *simulation) validate(n *policyxml.Node) bool {
	if s.sample.authorization == "" || s.sample.forged {
		return false
	}
	s.validated = true
	if name, ok := attr(n, "output-token-variable-name"); ok {
		s.ctx.Variables[name] = expr.ParseJwt(s.sample.authorization)
	}
	return true
}

func (s *simulation) visit(st statement, key string) {
	v, err := s.eval(st.node, key)
	s.visits = append(s.visits, visit{
		statement: st, key: expr.Text(v), keyFailed: err != nil, fixedKey: isFixed(st.node, key),
		validated: s.validated, outbound: s.outbound, ctx: s.ctx,
	})
}

// isFixed reports whether an attribute is the same for all requests.
func isFixed(n *policyxml.Node, name string) bool {
	text, _ := attr(n, name)
	if !policyxml.IsExpression(text) {
		return true
	}
	p, err := expr.Compile(text)
	return err == nil && p.Constant()
}

func (s *simulation) lookup(n *policyxml.Node) {
	name, _ := attr(n, "variable-name")
	if s.cache == notRevoked && isFixed(n, "key") {
		s.ctx.Variables[name] = "1"
		return
	}
	delete(s.ctx.Variables, name)
	if _, ok := attr(n, "default-value"); ok {
		s.ctx.Variables[name], _ = s.eval(n, "default-value")
	}
}

// choose takes the first branch whose condition holds. A condition that
// throws ends the request, as it does in the gateway.
func (s *simulation) choose(st statement) bool {
	for _, branch := range st.node.Children {
		holds := branch.Name == "otherwise"
		if !holds {
			v, err := s.eval(branch, "condition")
			if err != nil {
				return false
			}
			holds = v == true || v == "true"
		}
		if holds {
			return s.all(inside(st.document, branch))
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
