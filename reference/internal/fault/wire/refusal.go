package wire

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var refusalFaults = []fault.Fault{
	{Name: "refusal-cacheable", Summary: "A refusal may be stored and served again for an hour.", Plant: onRefusal(setHeader("Cache-Control", "public, max-age=3600"))},
	{Name: "refusal-without-challenge", Summary: "A refusal has no WWW-Authenticate header.", Plant: onRefusal(func(h http.Header) { h.Del("WWW-Authenticate") })},
	{Name: "retry-after-absurd", Summary: "A refusal asks the client to come back in a year.", Plant: onRefusal(setHeader("Retry-After", "31536000"))},
	{Name: "refusal-renews", Summary: "A refusal of a token that was logged out carries a fresh one, as where sessions are renewed by themselves.", Plant: fault.Each(renewRefused)},
	{Name: "refusal-leaks-body", Summary: "A refusal has the body that the backend would have answered with.", Plant: fault.Each(leakBody)},
	{Name: "refusal-wraps-body", Summary: "A refusal has the backend's answer as a part of its own body.", Plant: fault.Each(wrapBody)},
}

// wrapBody puts the answer into the refusal, as a handler does that reports
// the error late.
func wrapBody(p *gateway.Process) {
	leakBody(p)
	refuse := p.Refuse
	p.Refuse = func(w http.ResponseWriter, r *http.Request, err error) {
		answer := gateway.NewRecorder()
		refuse(answer, r, err)
		var leaked *leak
		if !errors.As(err, &leaked) {
			answer.Send(w)
			return
		}
		w.Header().Set("WWW-Authenticate", gateway.ErrRevoked.Challenge())
		gateway.WriteJSON(w, answer.Status, map[string]json.RawMessage{"error": []byte(`"invalid_token"`), "data": answer.Body.Bytes()})
	}
}

func leakBody(p *gateway.Process) {
	forward := p.Forward
	refuseRevoked(p, func(w http.ResponseWriter, r *http.Request, c *gateway.Call) {
		answer := gateway.NewRecorder()
		forward(answer, r, c)
		w.Header().Set("WWW-Authenticate", gateway.ErrRevoked.Challenge())
		answer.Status = p.Config.RefusalStatus
		answer.Send(w)
	})
}

// refuseRevoked has calls of revoked tokens answered in another way.
func refuseRevoked(p *gateway.Process, answer func(http.ResponseWriter, *http.Request, *gateway.Call)) {
	admit, refuse := p.Admit, p.Refuse
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		c, err := admit(r)
		if errors.Is(err, gateway.ErrRevoked) {
			return c, &leak{Call: c}
		}
		return c, err
	}
	p.Refuse = func(w http.ResponseWriter, r *http.Request, err error) {
		var leaked *leak
		if !errors.As(err, &leaked) {
			refuse(w, r, err)
			return
		}
		answer(w, r, leaked.Call)
	}
}

// leak is a refusal that remembers the call.
type leak struct{ *gateway.Call }

func (*leak) Error() string { return gateway.ErrRevoked.Error() }

// Unwrap is the refusal itself.
func (*leak) Unwrap() error { return gateway.ErrRevoked }

func setHeader(name, value string) func(http.Header) {
	return func(h http.Header) { h.Set(name, value) }
}

// onRefusal changes the header of every refusal.
func onRefusal(change func(http.Header)) fault.Planting {
	return fault.Each(func(p *gateway.Process) {
		refuse := p.Refuse
		p.Refuse = func(w http.ResponseWriter, r *http.Request, err error) {
			answer := gateway.NewRecorder()
			refuse(answer, r, err)
			change(answer.Header())
			answer.Send(w)
		}
	})
}

func renewRefused(p *gateway.Process) {
	refuse := p.Refuse
	refuseRevoked(p, func(w http.ResponseWriter, r *http.Request, c *gateway.Call) {
		if raw, err := p.Issue(r.Context(), p.Claims(c.Token.Subject, p.Config.Lifetime), nil); err == nil {
			w.Header().Set("X-Renewed-Token", raw)
		}
		refuse(w, r, gateway.ErrRevoked)
	})
}
