package reference

import (
	"cmp"
	"crypto/hmac"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/token"
)

var respellingFaults = []Fault{
	{Name: "key-raw-header", Summary: "The deny-list is keyed by the whole Authorization header.", Plant: KeyedBy(rawHeader)},
	{
		Name: "key-raw-token", Summary: "The deny-list is keyed by the token's text, which a lenient parser reads in many spellings.",
		Adjust: readLeniently, Plant: KeyedBy(rawToken),
	},
	{
		Name: "key-raw-token-strict", Summary: "The deny-list is keyed by the token's text; parsing is strict, but ECDSA has two signatures.",
		Adjust: useECDSA, Plant: KeyedBy(rawToken),
	},
	{
		Name: "key-signature", Summary: "The deny-list is keyed by the decoded signature, of which ECDSA has two.",
		Adjust: useECDSA, Plant: KeyedBy(signature),
	},
	{
		Name: "truncated-signature-accepted", Summary: "A shortened HMAC signature is accepted, and the deny-list is keyed by the signature.",
		Adjust: func(cfg *Config) { cfg.Alg = "HS256" }, Plant: Each(acceptTruncated),
	},
	{
		Name: "key-raw-query", Summary: "The deny-list is keyed by the value in the query as it is written, before it is decoded.",
		Adjust: func(cfg *Config) { cfg.Lenient.Query = true }, Plant: keyedAsWritten(writtenInQuery),
	},
	{
		Name: "key-raw-cookie", Summary: "The deny-list is keyed by the value of the cookie with its quotes, which the verifier takes off.",
		Adjust: func(cfg *Config) { cfg.Lenient.Cookie = true }, Plant: keyedAsWritten(writtenInCookie),
	},
	{Name: "whitespace-spelling-unchecked", Summary: "White space around or in a token is skipped by the parser, and revocation is then not checked.", Plant: Each(skipBlanks)},
}

func readLeniently(cfg *Config) {
	cfg.Lenient.Base64, cfg.Lenient.Padding, cfg.Lenient.Header = true, true, true
}

func useECDSA(cfg *Config) { cfg.Alg = "ES256" }

func KeyedBy(key func(*Call) string) Planting {
	return Each(func(p *Process) { p.Key = key })
}

func rawHeader(c *Call) string { return strategy.Digest("header", cmp.Or(c.Header, "Bearer "+c.Raw)) }
func rawToken(c *Call) string  { return strategy.Digest("token", c.Raw) }
func signature(c *Call) string { return strategy.Digest("signature", string(c.Token.Signature)) }

// keyedAsWritten keys a token by the text of the request where that is not the
// token's own.
func keyedAsWritten(written func(*Call) string) Planting {
	return Each(func(p *Process) {
		key := p.Key
		p.Key = func(c *Call) string {
			if text := written(c); text != "" {
				return strategy.Digest("written", text)
			}
			return key(c)
		}
	})
}

func writtenInQuery(c *Call) string {
	if c.Carrier != CarrierQuery {
		return ""
	}
	for pair := range strings.SplitSeq(c.Request.URL.RawQuery, "&") {
		_, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(value); err == nil && plain == c.Raw && value != c.Raw {
			return value
		}
	}
	return ""
}

func writtenInCookie(c *Call) string {
	if c.Carrier != CarrierCookie {
		return ""
	}
	for _, cookie := range c.Request.Cookies() {
		if cookie.Value == c.Raw && cookie.Quoted {
			return `"` + c.Raw + `"`
		}
	}
	return ""
}

// leastSignature is how many bytes the fault demands; HS256 has 32.
const leastSignature = 8

func acceptTruncated(p *Process) {
	p.Key = signature
	verify := p.Verify
	p.Verify = func(c Credential) (*token.Token, error) {
		t, err := verify(c)
		if !errors.Is(err, jwt.ErrTokenSignatureInvalid) {
			return t, err
		}
		if t, err = Unsigned(p, c.Raw); err != nil {
			return nil, err
		}
		whole, err := jwt.SigningMethodHS256.Sign(t.SigningInput(), p.Keys.Public())
		if n := len(t.Signature); err != nil || n < leastSignature || n > len(whole) || !hmac.Equal(whole[:n], t.Signature) {
			return nil, jwt.ErrTokenSignatureInvalid
		}
		return t, nil
	}
}

func skipBlanks(p *Process) {
	find := p.Find
	p.Find = func(r *http.Request) (Credential, error) {
		c, err := find(r)
		if !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrNoToken) {
			return c, err
		}
		value := r.Header.Get("Authorization")
		fields := strings.FieldsFunc(value, IsBlank)
		if len(fields) < 2 || !strings.EqualFold(fields[0], "Bearer") {
			return c, err
		}
		return Credential{Raw: strings.Join(fields[1:], ""), Header: value, Carrier: CarrierHeader, Request: r}, nil
	}
	Unchecked(respelled)(p.Site)(p)
}

func respelled(c *Call) bool {
	scheme, raw, _ := strings.Cut(c.Header, " ")
	return c.Header != "" && (len(scheme) != len("Bearer") || raw != c.Raw)
}
