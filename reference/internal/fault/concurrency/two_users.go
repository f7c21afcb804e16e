package concurrency

import (
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var twoUserFaults = []fault.Fault{
	{Name: "user-kept-in-common", Summary: "The user of a call is kept where another call overwrites it.", Plant: fault.Each(shareUser)},
}

func shareUser(p *gateway.Process) {
	forward, served := p.Forward, &fault.Notes[*token.Token]{}
	p.Forward = func(w http.ResponseWriter, r *http.Request, c *gateway.Call) {
		served.Put("", c.Token)
		time.Sleep(fault.Overlap)
		forward(w, r, &gateway.Call{Credential: c.Credential, Token: served.Get("")})
	}
}
