package lint

import (
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// eval computes an attribute. The error is an *unknown if it is not understood.
func (s *simulation) eval(st statement, name string) (any, error) {
	text, ok := attr(st.node, name)
	if !ok {
		return text, nil
	}
	return s.evalText(st, name, text)
}

func (s *simulation) evalText(st statement, name, text string) (any, error) {
	if !policyxml.IsExpression(text) {
		return text, nil
	}
	for header, u := range s.opaque {
		if strings.Contains(strings.ToLower(text), `"`+header+`"`) {
			return nil, &u
		}
	}
	return compute(st, name, text, s.ctx)
}

// compute runs one expression.
func compute(st statement, name, text string, ctx *expr.Context) (any, error) {
	p, err := st.document.compile(text)
	if err != nil {
		return nil, outside(st, name, err)
	}
	v, err := p.Eval(ctx)
	var opaque *expr.OpaqueError
	var wrong *expr.Error
	switch {
	case errors.As(err, &opaque):
		u := opaque.Opaque.Source.(unknown)
		return nil, &u
	case errors.As(err, &wrong) && wrong.Outside:
		return nil, outside(st, name, err)
	}
	return v, err
}

func (s *simulation) setVariable(st statement) {
	name, _ := attr(st.node, "name")
	v, err := s.eval(st, "value")
	var u *unknown
	switch {
	case errors.As(err, &u):
		s.ctx.Variables[name] = expr.Opaque{Source: *u}
	case err != nil:
		delete(s.ctx.Variables, name)
	default:
		s.ctx.Variables[name] = v
	}
}

// setHeader changes what later expressions read of the request.
func (s *simulation) setHeader(st statement) {
	name, _ := attr(st.node, "name")
	if s.after || name == "" || policyxml.IsExpression(name) {
		return
	}
	action, _ := attr(st.node, "exists-action")
	header := s.ctx.Request.Header
	if action == "delete" {
		header.Del(name)
		return
	}
	value := child(st.node, "value")
	if value == nil || action == "skip" && header.Get(name) != "" {
		return
	}
	v, err := s.evalText(statement{st.document, value}, "value", value.Text)
	var u *unknown
	if errors.As(err, &u) {
		s.opaque[strings.ToLower(name)] = *u
		return
	}
	delete(s.opaque, strings.ToLower(name))
	if action != "append" {
		header.Del(name)
	}
	header.Add(name, expr.Text(v))
}

// token is what a validation reads; empty if there is none.
func (s *simulation) token(st statement) string {
	switch name := validatedHeader(st.node); {
	case name != "":
		return s.ctx.Request.Header.Get(name)
	case hasAttr(st.node, "query-parameter-name"):
		name, _ := attr(st.node, "query-parameter-name")
		return s.ctx.Request.URL.Query().Get(name)
	}
	v, err := s.eval(st, "token-value")
	if err != nil {
		return s.sample.authorization // taken for what it should be
	}
	return expr.Text(v)
}

// validatedHeader is the header that a validation reads, if it reads one.
func validatedHeader(n *policyxml.Node) string {
	if name, ok := attr(n, "header-name"); ok {
		return name
	}
	if n.Name == "validate-azure-ad-token" && !hasAttr(n, "token-value") && !hasAttr(n, "query-parameter-name") {
		return "Authorization"
	}
	return ""
}

// validate accepts the sample token, however it is spelled, and an unsigned one
// where the policy does not ask for a signature.
func (s *simulation) validate(st statement) bool {
	signed, _ := attr(st.node, "require-signed-tokens")
	token := s.token(st)
	if token == "" || s.sample.forged && signed != "false" {
		return s.end(numberOf(st.node, "failed-validation-httpcode", http.StatusUnauthorized))
	}
	s.validated = true
	if name, ok := attr(st.node, "output-token-variable-name"); ok {
		s.ctx.Variables[name] = pointed(expr.ParseJwt(token))
	}
	return true
}

// pointed is null for no token.
func pointed(j *expr.Jwt) any {
	if j == nil {
		return nil
	}
	return j
}

func (s *simulation) visit(st statement, key string) {
	v := visit{statement: st, validated: s.validated, after: s.after, ctx: s.ctx, environment: s.path.environment}
	var u *unknown
	made, err := s.eval(st, key)
	if errors.As(err, &u) {
		v.keyUnknown = true
	}
	v.key, v.keyFailed, v.fixedKey = expr.Text(made), err != nil, st.isFixed(key)
	v.stored, _ = s.eval(st, "value")
	v.ordinary = s.path.caches.ordinary(st.node, v.key)
	v.doubts = s.doubts[:len(s.doubts):len(s.doubts)]
	if v.keyUnknown {
		v.doubts = append(v.doubts, u.reservation)
	}
	s.visits = append(s.visits, v)
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
	if hasAttr(st.node, "default-value") {
		if v, err := s.eval(st, "default-value"); err == nil {
			s.ctx.Variables[name] = v
		}
	}
}

func hasAttr(n *policyxml.Node, name string) bool {
	_, ok := attr(n, name)
	return ok
}

// logoutLike are the names of operations that end a session.
var logoutLike = regexp.MustCompile(`(?i)log-?_?o(ut|ff)|sign-?_?o(ut|ff)|revo(ke|cation)|end-?_?session|invalidat`)
