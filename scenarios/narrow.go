package scenarios

import (
	"cmp"
	"net/http"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// narrow tries a dead token that was accepted in the plainest call by other
// methods, on the other routes, at every replica and over other connections: what
// accepts it and what does not is how the leak is narrowed down. Once a run is
// enough.
func (p *Play) narrow(t *Token) {
	if p.planning {
		return
	}
	p.run.narrowed.Do(func() {
		first := p.contract.Routes[0]
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			r := first
			if method != cmp.Or(r.Method, http.MethodGet) {
				r.Method, r.Identity = method, "" // whom the answer names is declared of the route's own method
			}
			p.try(t, On(r))
		}
		for _, r := range p.contract.Routes[1:] {
			p.try(t, On(r))
		}
		for replica := range p.Replicas() {
			p.try(t, At(replica))
		}
		for _, via := range []Via{SecondConnection, NewConnection} {
			p.try(t, Over(via))
		}
	})
}

// try calls with a dead token and notes what came, unless a call without one is
// accepted as well.
func (p *Play) try(t *Token, opts ...CallOption) {
	c, bare := p.prepare(t, opts), p.prepare(nil, opts)
	if p.IsLogout(c.req.Method, c.req.Path) {
		return
	}
	none := p.sender.Send(p.ctx, bare.req, Refused)
	if wire.Judge(p.contract, c.route, nil, none) == Accepted {
		return
	}
	a := p.sender.Send(p.ctx, c.req, Refused)
	o := wire.Judge(p.contract, c.route, identityOf(t, c), a)
	p.Step(report.Step{
		Text: "to narrow it down: " + c.req.String(), Request: c.req.String(), Actual: a.Text(o),
		Took: report.Duration(a.Received.Sub(a.Sent)), OK: true, Call: p.called(t, WantAny, c, a, o),
	})
}
