package expr

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Jwt is a parsed token. Nothing in it is verified: AsJwt reads, and only
// validate-jwt verifies.
type Jwt struct {
	Algorithm string
	Type      string
	Claims    map[string][]string // a claim with one value has one element
	raw       string
	claims    jwt.MapClaims
}

// ParseJwt reads a token, with or without a scheme in front of it. It returns
// nil for what is not a JWT, as APIM's AsJwt returns null.
func ParseJwt(s string) *Jwt {
	if words := strings.Fields(s); len(words) > 0 {
		s = words[len(words)-1]
	}
	claims := jwt.MapClaims{}
	token, _, err := jwt.NewParser(jwt.WithJSONNumber()).ParseUnverified(s, claims)
	if err != nil {
		return nil
	}
	return NewJwt(token, claims)
}

// NewJwt wraps a token that golang-jwt has parsed with JSON numbers.
func NewJwt(token *jwt.Token, claims jwt.MapClaims) *Jwt {
	j := &Jwt{raw: token.Raw, claims: claims, Claims: make(map[string][]string, len(claims))}
	j.Algorithm, _ = token.Header["alg"].(string)
	j.Type, _ = token.Header["typ"].(string)
	for name, value := range claims {
		j.Claims[name] = claimValues(value)
	}
	return j
}

func claimValues(value any) []string {
	list, ok := value.([]any)
	if !ok {
		return []string{claimText(value)}
	}
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = claimText(v)
	}
	return texts
}

func claimText(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}

// text returns a registered claim that is a string, or nil.
func (j *Jwt) text(claim string) any {
	if s, ok := j.claims[claim].(string); ok {
		return s
	}
	return nil
}

// date returns a registered claim that is a NumericDate, or nil. What .NET's
// DateTime cannot hold (from the year 10000 on) is nil too.
func (j *Jwt) date(claim string) any {
	var d *jwt.NumericDate
	switch claim {
	case "exp":
		d, _ = j.claims.GetExpirationTime()
	case "iat":
		d, _ = j.claims.GetIssuedAt()
	case "nbf":
		d, _ = j.claims.GetNotBefore()
	}
	if d == nil || d.Unix() < 0 || d.Unix() > maxUnix {
		return nil
	}
	return d.UTC()
}

// maxUnix is 9999-12-31T23:59:59Z.
const maxUnix = 253402300799

// SigningInput is the token up to its last dot: all of it but the signature.
func (j *Jwt) SigningInput() string { return j.raw[:strings.LastIndexByte(j.raw, '.')] }

// ExpirationTime returns the time of the exp claim, and whether there is one.
func (j *Jwt) ExpirationTime() (time.Time, bool) {
	t, ok := j.date("exp").(time.Time)
	return t, ok
}
