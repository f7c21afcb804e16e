package isolation

import (
	"cmp"
	"net/http"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/token"
)

var otherUserFaults = []fault.Fault{
	{Name: "logout-ends-everyone", Summary: "A logout ends the sessions of all users.", Plant: fault.Each(endEveryone)},
	{Name: "wrong-subject-served", Summary: "Every call of a connection is served as the first user who was seen on it.", Plant: fault.Each(serveFirstSubject)},
}

func endEveryone(p *gateway.Process) {
	p.Strategy = strategy.CutOff(p.Resources(), func(string) string { return strategy.Digest("everyone") })
}

func serveFirstSubject(p *gateway.Process) {
	forward, first := p.Forward, &fault.Notes[*token.Token]{}
	p.Forward = func(w http.ResponseWriter, r *http.Request, c *gateway.Call) {
		served := first.Update(r.RemoteAddr, func(old *token.Token) *token.Token { return cmp.Or(old, c.Token) })
		forward(w, r, &gateway.Call{Credential: c.Credential, Token: served})
	}
}
