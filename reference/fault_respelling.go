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

var respellingFaults = []fault{
	{Name: "key-raw-header", Summary: "The deny-list is keyed by the whole Authorization header.", plant: keyedBy(rawHeader)},
	{
		Name: "key-raw-token", Summary: "The deny-list is keyed by the token's text, which a lenient parser reads in many spellings.",
		adjust: readLeniently, plant: keyedBy(rawToken),
	},
	{
		Name: "key-raw-token-strict", Summary: "The deny-list is keyed by the token's text; parsing is strict, but ECDSA has two signatures.",
		adjust: useECDSA, plant: keyedBy(rawToken),
	},
	{
		Name: "key-signature", Summary: "The deny-list is keyed by the decoded signature, of which ECDSA has two.",
		adjust: useECDSA, plant: keyedBy(signature),
	},
	{
		Name: "truncated-signature-accepted", Summary: "A shortened HMAC signature is accepted, and the deny-list is keyed by the signature.",
		adjust: func(cfg *Config) { cfg.Alg = "HS256" }, plant: each(acceptTruncated),
	},
	{
		Name: "key-raw-query", Summary: "The deny-list is keyed by the value in the query as it is written, before it is decoded.",
		adjust: func(cfg *Config) { cfg.Lenient.Query = true }, plant: keyedAsWritten(writtenInQuery),
	},
	{
		Name: "key-raw-cookie", Summary: "The deny-list is keyed by the value of the cookie with its quotes, which the verifier takes off.",
		adjust: func(cfg *Config) { cfg.Lenient.Cookie = true }, plant: keyedAsWritten(writtenInCookie),
	},
	{Name: "whitespace-spelling-unchecked", Summary: "White space around or in a token is skipped by the parser, and revocation is then not checked.", plant: each(skipBlanks)},
}

func readLeniently(cfg *Config) {
	cfg.Lenient.Base64, cfg.Lenient.Padding, cfg.Lenient.Header = true, true, true
}

func useECDSA(cfg *Config) { cfg.Alg = "ES256" }

func keyedBy(key func(*call) string) planting {
	return each(func(p *process) { p.key = key })
}

func rawHeader(c *call) string { return strategy.Digest("header", cmp.Or(c.header, "Bearer "+c.raw)) }
func rawToken(c *call) string  { return strategy.Digest("token", c.raw) }
func signature(c *call) string { return strategy.Digest("signature", string(c.token.Signature)) }

// keyedAsWritten keys a token by the text of the request where that is not the
// token's own.
func keyedAsWritten(written func(*call) string) planting {
	return each(func(p *process) {
		key := p.key
		p.key = func(c *call) string {
			if text := written(c); text != "" {
				return strategy.Digest("written", text)
			}
			return key(c)
		}
	})
}

func writtenInQuery(c *call) string {
	if c.carrier != carrierQuery {
		return ""
	}
	for pair := range strings.SplitSeq(c.request.URL.RawQuery, "&") {
		_, value, _ := strings.Cut(pair, "=")
		if plain, err := url.QueryUnescape(value); err == nil && plain == c.raw && value != c.raw {
			return value
		}
	}
	return ""
}

func writtenInCookie(c *call) string {
	if c.carrier != carrierCookie {
		return ""
	}
	for _, cookie := range c.request.Cookies() {
		if cookie.Value == c.raw && cookie.Quoted {
			return `"` + c.raw + `"`
		}
	}
	return ""
}

// leastSignature is how many bytes the fault demands; HS256 has 32.
const leastSignature = 8

func acceptTruncated(p *process) {
	p.key = signature
	verify := p.verify
	p.verify = func(c credential) (*token.Token, error) {
		t, err := verify(c)
		if !errors.Is(err, jwt.ErrTokenSignatureInvalid) {
			return t, err
		}
		if t, err = unsigned(p, c.raw); err != nil {
			return nil, err
		}
		whole, err := jwt.SigningMethodHS256.Sign(t.SigningInput(), p.keys.Public())
		if n := len(t.Signature); err != nil || n < leastSignature || n > len(whole) || !hmac.Equal(whole[:n], t.Signature) {
			return nil, jwt.ErrTokenSignatureInvalid
		}
		return t, nil
	}
}

func skipBlanks(p *process) {
	find := p.find
	p.find = func(r *http.Request) (credential, error) {
		c, err := find(r)
		if !errors.Is(err, errMalformed) && !errors.Is(err, errNoToken) {
			return c, err
		}
		value := r.Header.Get("Authorization")
		fields := strings.FieldsFunc(value, blank)
		if len(fields) < 2 || !strings.EqualFold(fields[0], "Bearer") {
			return c, err
		}
		return credential{raw: strings.Join(fields[1:], ""), header: value, carrier: carrierHeader, request: r}, nil
	}
	unchecked(respelled)(p.site)(p)
}

func respelled(c *call) bool {
	scheme, raw, _ := strings.Cut(c.header, " ")
	return c.header != "" && (len(scheme) != len("Bearer") || raw != c.raw)
}
