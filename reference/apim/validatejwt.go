package apim

import (
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// validateJwt is validate-jwt. TokenHandler says what it takes for a token.
type validateJwt struct {
	header, query, token value
	scheme               string
	status, message      value
	skew                 value
	requireExpiry        bool
	requireSigned        bool
	output               string
	keys                 []signingKey
	openID               []value
	audiences, issuers   []value
	claims               []requiredClaim
}

func loadValidateJwt(e *element) policy {
	p := &validateJwt{
		header: e.text("header-name"), query: e.text("query-parameter-name"), token: e.text("token-value"),
		scheme: e.fixed("require-scheme", ""),
		status: e.integer("failed-validation-httpcode", http.StatusUnauthorized), message: e.text("failed-validation-error-message"),
		skew:          e.integer("clock-skew", 0),
		requireExpiry: e.oneOf("require-expiration-time", "true", "false") == "true",
		requireSigned: e.oneOf("require-signed-tokens", "true", "false") == "true",
		output:        e.fixed("output-token-variable-name", ""),
	}
	if given(p.header, p.query, p.token) != 1 {
		e.fail(CodeInvalid, "exactly one of header-name, query-parameter-name and token-value says where the token is")
	}
	checkStatus(e, "failed-validation-httpcode", p.status)
	p.loadChildren(e)
	if p.requireSigned && len(p.keys) == 0 && len(p.openID) == 0 {
		e.fail(CodeInvalid, "there is no key: issuer-signing-keys or openid-config is missing")
	}
	return p
}

func given(values ...value) int {
	n := 0
	for _, v := range values {
		if v.set {
			n++
		}
	}
	return n
}

func (p *validateJwt) run(x *exchange) error {
	raw, err := p.find(x)
	if err != nil {
		return err
	}
	if raw == "" {
		return p.refuse(x, "TokenNotPresent", notPresent)
	}
	claims := jwt.MapClaims{}
	canonical, ok := x.svc.options.TokenHandler.Canonical(raw)
	if !ok {
		return p.refuse(x, "JwtInvalid", notReadable)
	}
	token, err := p.verify(x, canonical, claims)
	var f *fault
	if errors.As(err, &f) {
		return f
	}
	if err != nil {
		return p.refuse(x, reasonOf(err), messageOf(err, x, claims))
	}
	parsed := expr.NewJwt(token, claims)
	if p.output != "" {
		x.ctx.Variables[p.output] = parsed
	}
	return p.judge(x, parsed)
}

// find returns the token, or nothing where it is missing or its scheme is not
// the one required. The scheme matters for the Authorization header only.
func (p *validateJwt) find(x *exchange) (string, error) {
	switch {
	case p.token.set:
		return p.token.text(x)
	case p.query.set:
		name, err := p.query.text(x)
		return x.request.URL.Query().Get(name), err
	}
	name, err := p.header.text(x)
	text := strings.TrimSpace(strings.Join(x.request.Header.Values(name), ","))
	scheme, rest, spaced := strings.Cut(text, " ")
	required := p.scheme != "" && strings.EqualFold(name, "Authorization")
	if required && (!spaced || !strings.EqualFold(scheme, p.scheme)) {
		return "", err
	}
	if spaced {
		return strings.TrimSpace(rest), err
	}
	return text, err
}

// algorithms are those that the documentation of validate-jwt lists for
// asymmetric keys, and HMAC, which its samples use with an inline key.
var algorithms = []string{"HS256", "HS384", "HS512", "RS256", "RS512", "PS256", "ES256"}

func (p *validateJwt) verify(x *exchange, raw string, claims jwt.MapClaims) (*jwt.Token, error) {
	skew, err := p.skew.integer(x)
	if err != nil {
		return nil, err
	}
	methods := algorithms
	if !p.requireSigned {
		methods = append(slices.Clone(algorithms), "none")
	}
	options := []jwt.ParserOption{
		jwt.WithValidMethods(methods), jwt.WithJSONNumber(), jwt.WithTimeFunc(x.ctx.Now),
		jwt.WithLeeway(time.Duration(max(0, min(skew, math.MaxInt32))) * time.Second),
	}
	if p.requireExpiry {
		options = append(options, jwt.WithExpirationRequired())
	}
	return jwt.NewParser(options...).ParseWithClaims(raw, claims, func(t *jwt.Token) (any, error) { return p.key(x, t) })
}
