package respelling

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/strategy"
)

var keyFaults = []fault.Fault{
	{Name: "key-raw-header", Summary: "The deny-list is keyed by the whole Authorization header.", Plant: fault.KeyedBy(rawHeader)},
	{
		Name: "key-raw-token", Summary: "The deny-list is keyed by the token's text, which a lenient parser reads in many spellings.",
		Adjust: readLeniently, Plant: fault.KeyedBy(rawToken),
	},
	{
		Name: "key-raw-token-strict", Summary: "The deny-list is keyed by the token's text; parsing is strict, but ECDSA has two signatures.",
		Adjust: useECDSA, Plant: fault.KeyedBy(rawToken),
	},
	{
		Name: "key-signature", Summary: "The deny-list is keyed by the decoded signature, of which ECDSA has two.",
		Adjust: useECDSA, Plant: fault.KeyedBy(signature),
	},
	{
		Name: "key-raw-query", Summary: "The deny-list is keyed by the value in the query as it is written, before it is decoded.",
		Adjust: func(cfg *gateway.Config) { cfg.Lenient.Query = true }, Plant: keyedAsWritten(writtenInQuery),
	},
	{
		Name: "key-raw-cookie", Summary: "The deny-list is keyed by the value of the cookie with its quotes, which the verifier takes off.",
		Adjust: func(cfg *gateway.Config) { cfg.Lenient.Cookie = true }, Plant: keyedAsWritten(writtenInCookie),
	},
}

func readLeniently(cfg *gateway.Config) {
	cfg.Lenient.Base64, cfg.Lenient.Padding, cfg.Lenient.Header = true, true, true
}

func useECDSA(cfg *gateway.Config) { cfg.Alg = "ES256" }

func rawHeader(c *gateway.Call) string {
	return strategy.Digest("header", cmp.Or(c.Header, "Bearer "+c.Raw))
}

func rawToken(c *gateway.Call) string { return strategy.Digest("token", c.Raw) }

func signature(c *gateway.Call) string {
	return strategy.Digest("signature", string(c.Token.Signature()))
}

// keyedAsWritten keys a token by the text of the request where that is not the
// token's own.
func keyedAsWritten(written func(*gateway.Call) string) fault.Planting {
	return fault.Each(func(p *gateway.Process) {
		key := p.Key
		p.Key = func(c *gateway.Call) string {
			if text := written(c); text != "" {
				return strategy.Digest("written", text)
			}
			return key(c)
		}
	})
}

func writtenInQuery(c *gateway.Call) string {
	if c.Carrier != gateway.CarrierQuery {
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

func writtenInCookie(c *gateway.Call) string {
	if c.Carrier != gateway.CarrierCookie {
		return ""
	}
	for _, cookie := range c.Request.Cookies() {
		if cookie.Value == c.Raw && cookie.Quoted {
			return `"` + c.Raw + `"`
		}
	}
	return ""
}
