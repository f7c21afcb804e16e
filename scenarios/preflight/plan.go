package preflight

import (
	"fmt"
	"slices"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Plan is what Check sends, by the contract, to a target that is remote or not.
func Plan(c contract.Contract, remote bool) []wire.Planned {
	var list []wire.Planned
	add := func(what string, count int, to wire.Asked) {
		list = append(list, wire.Planned{What: what, Count: count, To: to})
	}
	for i := range c.Endpoints {
		req := wire.CallOf(c.Routes[0])
		req.Replica = i
		add(req.String()+" without a token", 1, wire.Gateway)
	}
	if remote {
		add(wire.CallOf(c.Routes[0]).String()+" without a token, at most, to see a second of its clock begin", readings(c.Limits), wire.Gateway)
	}
	for _, r := range append(slices.Clone(c.Routes), c.OpenRoutes...) {
		add(wire.CallOf(r).String()+" without a token, with the text "+notAToken+" and with a live one of each user", 2+len(c.Users), wire.Gateway)
	}
	if c.Hits != nil {
		_, path := c.Hits.Split()
		add("GET "+path, 1, wire.Gateway)
	}
	if c.LoginWay() != contract.ByTokens {
		add(wire.LogoutOf(c, "").String()+" of a token of user 1 that is obtained for it, and called before and after", 4, wire.Gateway)
	}
	for i, u := range c.Users {
		switch what := fmt.Sprintf(" for user %d", i+1); c.LoginWay() {
		case contract.ByPath:
			add(wire.LoginOf(c, u, 0).String()+what, 1, wire.Gateway)
		case contract.ByTokens:
			add(c.Routes[0].String()+" with the first token"+what, 1, wire.Gateway)
		default:
			add(c.LoginText()+what, 1, wire.TokenSource)
		}
	}
	return list
}
