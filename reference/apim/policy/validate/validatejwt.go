// Package validate holds the policies that validate a token.
package validate

import (
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// validateJwt is validate-jwt. TokenHandler says what it takes for a token.
type validateJwt struct {
	header, query, token policy.Value
	scheme               string
	status, message      policy.Value
	skew                 policy.Value
	requireExpiry        bool
	requireSigned        bool
	output               string
	keys                 []signingKey
	openID               []policy.Value
	audiences, issuers   []policy.Value
	claims               []requiredClaim
	source               string         // the element, for context.LastError
	clients              []policy.Value // applications that may call; empty is all
}

// LoadValidateJwt loads validate-jwt.
func LoadValidateJwt(e *policy.Element) policy.Policy {
	p := &validateJwt{
		header: e.Value("header-name"), query: e.Value("query-parameter-name"), token: e.Value("token-value"),
		scheme: e.Fixed("require-scheme", ""),
		status: e.Integer("failed-validation-httpcode", http.StatusUnauthorized), message: e.Value("failed-validation-error-message"),
		skew:          e.Integer("clock-skew", 0),
		requireExpiry: e.OneOf("require-expiration-time", "true", "false") == "true",
		requireSigned: e.OneOf("require-signed-tokens", "true", "false") == "true",
		output:        e.Fixed("output-token-variable-name", ""),
		source:        e.Name,
	}
	if given(p.header, p.query, p.token) != 1 {
		e.Fail(policy.CodeInvalid, "exactly one of header-name, query-parameter-name and token-value says where the token is")
	}
	policy.CheckStatus(e, "failed-validation-httpcode", p.status)
	p.loadChildren(e)
	if p.requireSigned && len(p.keys) == 0 && len(p.openID) == 0 {
		e.Fail(policy.CodeInvalid, "there is no key: issuer-signing-keys or openid-config is missing")
	}
	return p
}

func given(values ...policy.Value) int {
	n := 0
	for _, v := range values {
		if v.Set {
			n++
		}
	}
	return n
}

func (p *validateJwt) Run(x *policy.Exchange) error {
	raw, err := p.find(x)
	if err != nil {
		return err
	}
	if raw == "" {
		return p.refuse(x, "TokenNotPresent", notPresent)
	}
	claims := jwt.MapClaims{}
	canonical, ok := x.Gateway.TokenHandler.Canonical(raw)
	if !ok {
		return p.refuse(x, "JwtInvalid", notReadable)
	}
	token, err := p.verify(x, canonical, claims)
	var f *policy.Fault
	if errors.As(err, &f) {
		return f
	}
	if err != nil {
		return p.refuse(x, reasonOf(err), messageOf(err, x, claims))
	}
	parsed := expr.NewJwt(token, claims)
	if p.output != "" {
		x.Context.Variables[p.output] = parsed
	}
	return p.judge(x, parsed)
}

// find returns the token, or nothing where it is missing or its scheme is not
// the one required. The scheme matters for the Authorization header only.
func (p *validateJwt) find(x *policy.Exchange) (string, error) {
	switch {
	case p.token.Set:
		return p.token.Text(x)
	case p.query.Set:
		name, err := p.query.Text(x)
		return x.Request.URL.Query().Get(name), err
	}
	name, err := p.header.Text(x)
	text := strings.TrimSpace(strings.Join(x.Request.Header.Values(name), ","))
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

func (p *validateJwt) verify(x *policy.Exchange, raw string, claims jwt.MapClaims) (*jwt.Token, error) {
	skew, err := p.skew.Integer(x)
	if err != nil {
		return nil, err
	}
	methods := algorithms
	if !p.requireSigned {
		methods = append(slices.Clone(algorithms), "none")
	}
	options := []jwt.ParserOption{
		jwt.WithValidMethods(methods), jwt.WithJSONNumber(), jwt.WithTimeFunc(x.Context.Now),
		jwt.WithLeeway(time.Duration(max(0, min(skew, math.MaxInt32))) * time.Second),
	}
	if p.requireExpiry {
		options = append(options, jwt.WithExpirationRequired())
	}
	return jwt.NewParser(options...).ParseWithClaims(raw, claims, func(t *jwt.Token) (any, error) { return p.key(x, t) })
}
