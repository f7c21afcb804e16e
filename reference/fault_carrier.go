package reference

import (
	"errors"
	"net/http"
	"strings"
)

var carrierFaults = []fault{
	{
		Name: "query-token-unchecked", Summary: "A token in the query is not checked for revocation.",
		adjust: func(cfg *Config) { cfg.Lenient.Query = true }, plant: unchecked(carriedIn(carrierQuery)),
	},
	{
		Name: "form-token-unchecked", Summary: "A token in a form field is not checked for revocation.",
		adjust: func(cfg *Config) { cfg.Lenient.Form = true }, plant: unchecked(carriedIn(carrierForm)),
	},
	{
		Name: "cookie-token-unchecked", Summary: "A token in a cookie is not checked for revocation.",
		adjust: func(cfg *Config) { cfg.Lenient.Cookie = true }, plant: unchecked(carriedIn(carrierCookie)),
	},
	{Name: "header-token-unchecked", Summary: "A token in the header X-Access-Token is accepted, and not checked for revocation.", plant: each(takeAccessTokenHeader)},
	{Name: "websocket-protocol-unchecked", Summary: "A token is accepted as a WebSocket subprotocol after bearer, and not checked for revocation.", plant: each(takeSubprotocol)},
	{Name: "cookie-chunks-unchecked", Summary: "A token is accepted in two cookies that hold a half each, and not checked for revocation.", plant: each(takeChunks)},
	{
		Name: "checks-one-serves-other", Summary: "Of several tokens the first is checked, and the last one's user is served.",
		adjust: readEverything, plant: each(serveLast),
	},
}

func carriedIn(carrier string) func(*call) bool {
	return func(c *call) bool { return c.carrier == carrier }
}

func readEverything(cfg *Config) {
	cfg.Lenient.Header, cfg.Lenient.Query, cfg.Lenient.Form, cfg.Lenient.Cookie = true, true, true, true
}

func serveLast(p *process) {
	admit := p.admit
	p.admit = func(r *http.Request) (*call, error) {
		found, err := credentials(r, p.cfg)
		if err != nil || len(found) < 2 {
			return admit(r)
		}
		first, err := verified(p, found[0])
		if err != nil {
			return nil, err
		}
		if err := p.check(r.Context(), first); err != nil {
			return nil, err
		}
		return verified(p, found[len(found)-1])
	}
}

func verified(p *process, c credential) (*call, error) {
	t, err := p.verify(c)
	if err != nil {
		return nil, errInvalid
	}
	return &call{credential: c, token: t}, nil
}

// carrierOther is where a fault finds a token and its check does not look.
const carrierOther = "other"

// readElsewhere takes a token from another part of the request if none of the
// usual carriers has one, and does not check it for revocation.
func readElsewhere(p *process, read func(*http.Request) string) {
	find := p.find
	p.find = func(r *http.Request) (credential, error) {
		c, err := find(r)
		if raw := read(r); errors.Is(err, errNoToken) && raw != "" {
			return credential{raw: raw, carrier: carrierOther, request: r}, nil
		}
		return c, err
	}
	unchecked(carriedIn(carrierOther))(p.site)(p)
}

func takeAccessTokenHeader(p *process) {
	readElsewhere(p, func(r *http.Request) string { return r.Header.Get("X-Access-Token") })
}

func takeSubprotocol(p *process) {
	readElsewhere(p, func(r *http.Request) string {
		first, second, _ := strings.Cut(r.Header.Get("Sec-WebSocket-Protocol"), ",")
		if first != "bearer" {
			return ""
		}
		return strings.TrimSpace(second)
	})
}

func takeChunks(p *process) {
	readElsewhere(p, func(r *http.Request) string {
		first, err := r.Cookie("token.0")
		if err != nil {
			return ""
		}
		second, err := r.Cookie("token.1")
		if err != nil {
			return ""
		}
		return first.Value + second.Value
	})
}
