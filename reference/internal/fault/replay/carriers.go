package replay

import (
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var carrierFaults = []fault.Fault{
	{
		Name: "query-token-unchecked", Summary: "A token in the query is not checked for revocation.",
		Adjust: func(cfg *gateway.Config) { cfg.Lenient.Query = true }, Plant: fault.Unchecked(fault.CarriedIn(gateway.CarrierQuery)),
	},
	{
		Name: "form-token-unchecked", Summary: "A token in a form field is not checked for revocation.",
		Adjust: func(cfg *gateway.Config) { cfg.Lenient.Form = true }, Plant: fault.Unchecked(fault.CarriedIn(gateway.CarrierForm)),
	},
	{
		Name: "cookie-token-unchecked", Summary: "A token in a cookie is not checked for revocation.",
		Adjust: func(cfg *gateway.Config) { cfg.Lenient.Cookie = true }, Plant: fault.Unchecked(fault.CarriedIn(gateway.CarrierCookie)),
	},
	{Name: "header-token-unchecked", Summary: "A token in the header X-Access-Token is accepted, and not checked for revocation.", Plant: fault.Each(takeAccessTokenHeader)},
	{Name: "websocket-protocol-unchecked", Summary: "A token is accepted as a WebSocket subprotocol after bearer, and not checked for revocation.", Plant: fault.Each(takeSubprotocol)},
	{Name: "cookie-chunks-unchecked", Summary: "A token is accepted in two cookies that hold a half each, and not checked for revocation.", Plant: fault.Each(takeChunks)},
	{
		Name: "checks-one-serves-other", Summary: "Of several tokens the first is checked, and the last one's user is served.",
		Adjust: readEverything, Plant: fault.Each(serveLast),
	},
}

func readEverything(cfg *gateway.Config) {
	cfg.Lenient.Header, cfg.Lenient.Query, cfg.Lenient.Form, cfg.Lenient.Cookie = true, true, true, true
}

func serveLast(p *gateway.Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		found, err := gateway.Credentials(r, p.Config)
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

func verified(p *gateway.Process, c gateway.Credential) (*gateway.Call, error) {
	t, err := p.Verify(c)
	if err != nil {
		return nil, gateway.ErrInvalid
	}
	return &gateway.Call{Credential: c, Token: t}, nil
}

func takeAccessTokenHeader(p *gateway.Process) {
	fault.ReadElsewhere(p, func(r *http.Request) string { return r.Header.Get("X-Access-Token") })
}

func takeSubprotocol(p *gateway.Process) {
	fault.ReadElsewhere(p, func(r *http.Request) string {
		first, second, _ := strings.Cut(r.Header.Get("Sec-WebSocket-Protocol"), ",")
		if first != "bearer" {
			return ""
		}
		return strings.TrimSpace(second)
	})
}

func takeChunks(p *gateway.Process) {
	fault.ReadElsewhere(p, func(r *http.Request) string {
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
