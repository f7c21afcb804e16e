package reference

import (
	"errors"
	"net/http"
	"strings"
)

var carrierFaults = []Fault{
	{
		Name: "query-token-unchecked", Summary: "A token in the query is not checked for revocation.",
		Adjust: func(cfg *Config) { cfg.Lenient.Query = true }, Plant: Unchecked(CarriedIn(CarrierQuery)),
	},
	{
		Name: "form-token-unchecked", Summary: "A token in a form field is not checked for revocation.",
		Adjust: func(cfg *Config) { cfg.Lenient.Form = true }, Plant: Unchecked(CarriedIn(CarrierForm)),
	},
	{
		Name: "cookie-token-unchecked", Summary: "A token in a cookie is not checked for revocation.",
		Adjust: func(cfg *Config) { cfg.Lenient.Cookie = true }, Plant: Unchecked(CarriedIn(CarrierCookie)),
	},
	{Name: "header-token-unchecked", Summary: "A token in the header X-Access-Token is accepted, and not checked for revocation.", Plant: Each(takeAccessTokenHeader)},
	{Name: "websocket-protocol-unchecked", Summary: "A token is accepted as a WebSocket subprotocol after bearer, and not checked for revocation.", Plant: Each(takeSubprotocol)},
	{Name: "cookie-chunks-unchecked", Summary: "A token is accepted in two cookies that hold a half each, and not checked for revocation.", Plant: Each(takeChunks)},
	{
		Name: "checks-one-serves-other", Summary: "Of several tokens the first is checked, and the last one's user is served.",
		Adjust: readEverything, Plant: Each(serveLast),
	},
}

func CarriedIn(carrier string) func(*Call) bool {
	return func(c *Call) bool { return c.Carrier == carrier }
}

func readEverything(cfg *Config) {
	cfg.Lenient.Header, cfg.Lenient.Query, cfg.Lenient.Form, cfg.Lenient.Cookie = true, true, true, true
}

func serveLast(p *Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*Call, error) {
		found, err := Credentials(r, p.Config)
		if err != nil || len(found) < 2 {
			return admit(r)
		}
		first, err := verified(p, found[0])
		if err != nil {
			return nil, err
		}
		if err := p.Check(r.Context(), first); err != nil {
			return nil, err
		}
		return verified(p, found[len(found)-1])
	}
}

func verified(p *Process, c Credential) (*Call, error) {
	t, err := p.Verify(c)
	if err != nil {
		return nil, ErrInvalid
	}
	return &Call{Credential: c, Token: t}, nil
}

// carrierOther is where a fault finds a token and its check does not look.
const carrierOther = "other"

// ReadElsewhere takes a token from another part of the request if none of the
// usual carriers has one, and does not check it for revocation.
func ReadElsewhere(p *Process, read func(*http.Request) string) {
	find := p.Find
	p.Find = func(r *http.Request) (Credential, error) {
		c, err := find(r)
		if raw := read(r); errors.Is(err, ErrNoToken) && raw != "" {
			return Credential{Raw: raw, Carrier: carrierOther, Request: r}, nil
		}
		return c, err
	}
	Unchecked(CarriedIn(carrierOther))(p.Site)(p)
}

func takeAccessTokenHeader(p *Process) {
	ReadElsewhere(p, func(r *http.Request) string { return r.Header.Get("X-Access-Token") })
}

func takeSubprotocol(p *Process) {
	ReadElsewhere(p, func(r *http.Request) string {
		first, second, _ := strings.Cut(r.Header.Get("Sec-WebSocket-Protocol"), ",")
		if first != "bearer" {
			return ""
		}
		return strings.TrimSpace(second)
	})
}

func takeChunks(p *Process) {
	ReadElsewhere(p, func(r *http.Request) string {
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
