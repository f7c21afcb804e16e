package reference

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
)

var connectionFaults = []fault{
	{Name: "connection-cached", Summary: "A token once accepted on a connection stays accepted on it.", plant: each(trustConnection)},
	{Name: "new-connection-unchecked", Summary: "The first call of a connection is not checked for revocation.", plant: each(trustFirstCall)},
	{Name: "http2-unchecked", Summary: "Revocation is not checked over HTTP/2.", plant: unchecked(func(c *call) bool { return c.request.ProtoMajor >= 2 })},
	{Name: "refused-call-reaches-backend", Summary: "A call with a dead token is refused, and reaches the backend all the same.", plant: each(forwardRefused)},
	{Name: "refused-write-reaches-backend", Summary: "A POST with a dead token is refused, and reaches the backend all the same.", plant: each(forwardRefusedWrite)},
	{Name: "refusal-leaks-body", Summary: "A refusal has the body that the backend would have answered with.", plant: each(leakBody)},
	{Name: "refusal-wraps-body", Summary: "A refusal has the backend's answer as a part of its own body.", plant: each(wrapBody)},
}

func trustConnection(p *process) {
	check, accepted := p.check, &notes[bool]{}
	p.check = func(ctx context.Context, c *call) error {
		key := c.request.RemoteAddr + " " + p.key(c)
		if accepted.get(key) {
			return nil
		}
		err := check(ctx, c)
		accepted.put(key, err == nil)
		return err
	}
}

func trustFirstCall(p *process) {
	check, calls := p.check, &notes[int]{}
	p.check = func(ctx context.Context, c *call) error {
		if count(calls, c.request.RemoteAddr) == 1 {
			return nil
		}
		return check(ctx, c)
	}
}

func forwardRefused(p *process) {
	admit := p.admit
	p.admit = func(r *http.Request) (*call, error) {
		c, err := admit(r)
		if errors.Is(err, errRevoked) {
			p.forward(newRecorder(), r, c)
		}
		return c, err
	}
}

// wrapBody puts the answer into the refusal, as a handler does that reports
// the error late.
func wrapBody(p *process) {
	leakBody(p)
	refuse := p.refuse
	p.refuse = func(w http.ResponseWriter, r *http.Request, err error) {
		answer := newRecorder()
		refuse(answer, r, err)
		var leaked *leak
		if !errors.As(err, &leaked) {
			answer.send(w)
			return
		}
		w.Header().Set("WWW-Authenticate", errRevoked.challenge())
		writeJSON(w, answer.status, map[string]json.RawMessage{"error": []byte(`"invalid_token"`), "data": answer.body.Bytes()})
	}
}

func forwardRefusedWrite(p *process) {
	admit, forwarding := p.admit, *p
	forwardRefused(&forwarding)
	p.admit = func(r *http.Request) (*call, error) {
		if r.Method == http.MethodPost {
			return forwarding.admit(r)
		}
		return admit(r)
	}
}

func leakBody(p *process) {
	forward := p.forward
	refuseRevoked(p, func(w http.ResponseWriter, r *http.Request, c *call) {
		answer := newRecorder()
		forward(answer, r, c)
		w.Header().Set("WWW-Authenticate", errRevoked.challenge())
		answer.status = p.cfg.RefusalStatus
		answer.send(w)
	})
}

// refuseRevoked has calls of revoked tokens answered in another way.
func refuseRevoked(p *process, answer func(http.ResponseWriter, *http.Request, *call)) {
	admit, refuse := p.admit, p.refuse
	p.admit = func(r *http.Request) (*call, error) {
		c, err := admit(r)
		if errors.Is(err, errRevoked) {
			return c, &leak{call: c}
		}
		return c, err
	}
	p.refuse = func(w http.ResponseWriter, r *http.Request, err error) {
		var leaked *leak
		if !errors.As(err, &leaked) {
			refuse(w, r, err)
			return
		}
		answer(w, r, leaked.call)
	}
}

// leak is a refusal that remembers the call.
type leak struct{ *call }

func (*leak) Error() string { return errRevoked.Error() }

// Unwrap is the refusal itself.
func (*leak) Unwrap() error { return errRevoked }
