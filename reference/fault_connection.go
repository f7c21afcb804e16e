package reference

import (
	"context"
	"errors"
	"net/http"
)

var connectionFaults = []fault{
	{Info: Info{"connection-cached", "A token once accepted on a connection stays accepted on it."}, plant: each(trustConnection)},
	{Info: Info{"new-connection-unchecked", "The first call of a connection is not checked for revocation."}, plant: each(trustFirstCall)},
	{Info: Info{"http2-unchecked", "Revocation is not checked over HTTP/2."}, plant: unchecked(func(c *call) bool { return c.request.ProtoMajor >= 2 })},
	{Info: Info{"refused-call-reaches-backend", "A call with a dead token is refused, and reaches the backend all the same."}, plant: each(forwardRefused)},
	{Info: Info{"refusal-leaks-body", "A refusal has the body that the backend would have answered with."}, plant: each(leakBody)},
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

func leakBody(p *process) {
	admit, refuse, forward := p.admit, p.refuse, p.forward
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
		answer := newRecorder()
		forward(answer, r, leaked.call)
		w.Header().Set("WWW-Authenticate", errRevoked.challenge())
		answer.status = p.cfg.RefusalStatus
		answer.send(w)
	}
}

// leak is a refusal that remembers the call.
type leak struct{ *call }

func (*leak) Error() string { return errRevoked.Error() }

// Unwrap is the refusal itself.
func (*leak) Unwrap() error { return errRevoked }
