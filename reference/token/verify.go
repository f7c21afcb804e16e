package token

import (
	"errors"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Errors of Verify, for errors.Is. The library's own are wrapped as well.
var (
	ErrSpelling = errors.New("the token is not in its canonical spelling")
	ErrCritical = errors.New("the token has a critical extension that is not understood")
	ErrSubject  = errors.New("the token names no subject")
)

// Rules say which tokens a Verifier accepts. The zero value of each field is
// the strict choice.
type Rules struct {
	Issuer   string // the only accepted iss; "" accepts any
	Audience string // must be among aud; "" accepts any
	Leeway   time.Duration
	Now      func() time.Time // nil: the machine's clock

	AllowNoExp   bool // accept tokens without exp, which never end
	TrailingBits bool // accept base64 whose unused last bits are not zero
	Padding      bool // accept '=' at the end of the signature
}

// Verifier checks the signature and the claims of tokens.
type Verifier struct {
	rules  Rules
	key    any
	parser *jwt.Parser
	quick  *quick // nil: the parser decides alone
}

// NewVerifier pins the algorithm and the key of keys. Further options are
// applied last, so that they can undo a rule.
func NewVerifier(keys *Keys, rules Rules, extra ...jwt.ParserOption) *Verifier {
	opts := append(rules.options(), jwt.WithValidMethods([]string{keys.Algorithm()}))
	v := &Verifier{rules: rules, key: keys.Public(), parser: jwt.NewParser(append(opts, extra...)...)}
	if len(extra) == 0 {
		v.quick = newQuick(keys, rules)
	}
	return v
}

func (r Rules) options() []jwt.ParserOption {
	opts := []jwt.ParserOption{jwt.WithLeeway(r.Leeway)}
	if r.Now != nil {
		opts = append(opts, jwt.WithTimeFunc(r.Now))
	}
	if r.Issuer != "" {
		opts = append(opts, jwt.WithIssuer(r.Issuer))
	}
	if r.Audience != "" {
		opts = append(opts, jwt.WithAudience(r.Audience))
	}
	if !r.AllowNoExp {
		opts = append(opts, jwt.WithExpirationRequired())
	}
	if !r.TrailingBits {
		opts = append(opts, jwt.WithStrictDecoding())
	}
	if r.Padding {
		opts = append(opts, jwt.WithPaddingAllowed())
	}
	return opts
}

// Verify returns the token if the signature and all claims hold.
func (v *Verifier) Verify(raw string) (*Token, error) {
	if v.quick != nil && wellSpelled(raw, false) {
		if t := v.quick.verify(raw); t != nil {
			return t, nil
		}
	}
	return v.VerifyWith(raw, func(*jwt.Token) (any, error) { return v.key, nil })
}

// VerifyWith is Verify with another choice of key.
func (v *Verifier) VerifyWith(raw string, key jwt.Keyfunc) (*Token, error) {
	if !wellSpelled(raw, v.rules.Padding) {
		return nil, ErrSpelling
	}
	parsed, err := v.parser.ParseWithClaims(raw, jwt.MapClaims{}, key)
	if err != nil {
		return nil, err
	}
	return accept(parsed)
}

// Claims checks the claims of a token, and not its signature.
func (v *Verifier) Claims(t *Token) error {
	return jwt.NewValidator(v.rules.options()...).Validate(jwt.MapClaims(t.Claims()))
}

func accept(parsed *jwt.Token) (*Token, error) {
	if _, has := parsed.Header["crit"]; has {
		return nil, ErrCritical // RFC 7515, section 4.1.11
	}
	t := From(parsed)
	if t.Subject == "" {
		return nil, ErrSubject
	}
	return t, nil
}

// wellSpelled admits the base64url alphabet and dots, and with padding up to
// two '=' at the end. It is needed because Go's decoder skips CR and LF.
func wellSpelled(raw string, padding bool) bool {
	if padding {
		raw = strings.TrimSuffix(strings.TrimSuffix(raw, "="), "=")
	}
	return strings.IndexFunc(raw, foreign) < 0
}

func foreign(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return false
	}
	return r != '-' && r != '_' && r != '.'
}
