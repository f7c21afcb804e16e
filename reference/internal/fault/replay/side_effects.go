package replay

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var sideEffectFaults = []fault.Fault{
	{Name: "refused-call-reaches-backend", Summary: "A call with a dead token is refused, and reaches the backend all the same.", Plant: fault.Each(forwardRefused)},
	{Name: "refused-write-reaches-backend", Summary: "A POST with a dead token is refused, and reaches the backend all the same.", Plant: fault.Each(forwardRefusedWrite)},
	{Name: "posted-before-check", Summary: "A POST reaches the backend before its token is looked up.", Plant: fault.Each(forwardPostsFirst)},
}

func forwardRefused(p *gateway.Process) {
	admit := p.Admit
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		c, err := admit(r)
		if errors.Is(err, gateway.ErrRevoked) {
			p.Forward(gateway.NewRecorder(), r, c)
		}
		return c, err
	}
}

func forwardRefusedWrite(p *gateway.Process) {
	admit, forwarding := p.Admit, *p
	forwardRefused(&forwarding)
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		if r.Method == http.MethodPost {
			return forwarding.Admit(r)
		}
		return admit(r)
	}
}

func forwardPostsFirst(p *gateway.Process) {
	check := p.Check
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		err := check(ctx, c)
		if err != nil && c.Request.Method == http.MethodPost {
			p.Forward(httptest.NewRecorder(), c.Request, c)
		}
		return err
	}
}
