package reference

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

var connectionFaults = []Fault{
	{Name: "connection-cached", Summary: "A token once accepted on a connection stays accepted on it.", Plant: Each(trustConnection)},
	{Name: "new-connection-unchecked", Summary: "The first call of a connection is not checked for revocation.", Plant: Each(trustFirstCall)},
	{Name: "http2-unchecked", Summary: "Revocation is not checked over HTTP/2.", Plant: Unchecked(func(c *Call) bool { return c.Request.ProtoMajor >= 2 })},
	{Name: "refused-call-reaches-backend", Summary: "A call with a dead token is refused, and reaches the backend all the same.", Plant: Each(forwardRefused)},
	{Name: "refused-write-reaches-backend", Summary: "A POST with a dead token is refused, and reaches the backend all the same.", Plant: Each(forwardRefusedWrite)},
	{Name: "refusal-leaks-body", Summary: "A refusal has the body that the backend would have answered with.", Plant: Each(leakBody)},
	{Name: "refusal-wraps-body", Summary: "A refusal has the backend's answer as a part of its own body.", Plant: Each(wrapBody)},
}

func trustConnection(p *Process) {
	check, accepted := p.Check, &Notes[bool]{}
	p.Check = func(ctx context.Context, c *Call) error {
		key := c.Request.RemoteAddr + " " + p.Key(c)
		if accepted.Get(key) {
			return nil
		}
		err := check(ctx, c)
		accepted.Put(key, err == nil)
		return err
	}
}

func trustFirstCall(p *Process) {
	check, calls := p.Check, &Notes[int]{}
	p.Check = func(ctx context.Context, c *Call) error {
		if Count(calls, c.Request.RemoteAddr) == 1 {
			return nil
		}
		return check(ctx, c)
	}
}

func forwardRefused(p *Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*Call, error) {
		c, err := admit(r)
		if errors.Is(err, ErrRevoked) {
			p.Forward(NewRecorder(), r, c)
		}
		return c, err
	}
}

// wrapBody puts the answer into the refusal, as a handler does that reports
// the error late.
func wrapBody(p *Process) {
	leakBody(p)
	refuse := p.Refuse
	p.Refuse = func(w http.ResponseWriter, r *http.Request, err error) {
		answer := NewRecorder()
		refuse(answer, r, err)
		var leaked *leak
		if !errors.As(err, &leaked) {
			answer.Send(w)
			return
		}
		w.Header().Set("WWW-Authenticate", ErrRevoked.Challenge())
		WriteJSON(w, answer.Status, map[string]json.RawMessage{"error": []byte(`"invalid_token"`), "data": answer.Body.Bytes()})
	}
}

func forwardRefusedWrite(p *Process) {
	admit, forwarding := p.Admit, *p
	forwardRefused(&forwarding)
	p.Admit = func(r *http.Request) (*Call, error) {
		if r.Method == http.MethodPost {
			return forwarding.Admit(r)
		}
		return admit(r)
	}
}

func leakBody(p *Process) {
	forward := p.Forward
	refuseRevoked(p, func(w http.ResponseWriter, r *http.Request, c *Call) {
		answer := NewRecorder()
		forward(answer, r, c)
		w.Header().Set("WWW-Authenticate", ErrRevoked.Challenge())
		answer.Status = p.Config.RefusalStatus
		answer.Send(w)
	})
}

// refuseRevoked has calls of revoked tokens answered in another way.
func refuseRevoked(p *Process, answer func(http.ResponseWriter, *http.Request, *Call)) {
	admit, refuse := p.Admit, p.Refuse
	p.Admit = func(r *http.Request) (*Call, error) {
		c, err := admit(r)
		if errors.Is(err, ErrRevoked) {
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
type leak struct{ *Call }

func (*leak) Error() string { return ErrRevoked.Error() }

// Unwrap is the refusal itself.
func (*leak) Unwrap() error { return ErrRevoked }
