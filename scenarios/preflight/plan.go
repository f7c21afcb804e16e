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
	list = append(list, planReach(c)...)
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
	for _, r := range c.Streams {
		add(wire.CallOf(r).String()+" without a token, with the text "+notAToken+" and twice with a live one, for some events", 4, wire.Gateway)
	}
	if c.Introspect != nil {
		add(wire.IntrospectionOf(c, "").String()+" about a live token of user 1", 1, wire.Gateway)
	}
	if r := c.RevokeAll; r != nil && needsToken(*r) {
		add(wire.ActionOf(c, r.Action, wire.Session{}).String()+" with the text "+notAToken, 1, wire.Gateway)
	}
	if r := c.RevokeAll; r != nil && r.Undo != nil {
		add(wire.ActionOf(c, *r.Undo, wire.Session{}).String(), 1, wire.Gateway)
	}
	list = append(list, planUsers(c)...)
	if c.LoginWay() == contract.ByTokens {
		return list
	}
	from := wire.TokenSource
	if c.LoginWay() == contract.ByPath {
		from = wire.Gateway
	}
	if c.Refresh != nil || c.NamesLogin() {
		add(c.LoginText()+" for a session of user 1", 1, from)
	}
	if c.Refresh != nil {
		add(wire.RefreshOf(c, wire.Session{}).String()+" of that session", 1, wire.Gateway)
	}
	add(c.LoginText()+" for a token of user 1 to log out", 1, from)
	around := 2
	if c.LeakWindow > 0 {
		around = 1
	}
	add(c.Routes[0].String()+" around that logout", around, wire.Gateway)
	add(wire.LogoutOf(c, wire.Session{}).String()+" of that token", 1, wire.Gateway)
	return list
}

// BriefPlan is what Check sends where it is brief.
func BriefPlan(c contract.Contract) []wire.Planned { return append(planReach(c)[:1], planUsers(c)...) }

func planReach(c contract.Contract) (list []wire.Planned) {
	for i := range c.Endpoints {
		req := wire.CallOf(c.Routes[0])
		req.Replica = i
		list = append(list, wire.Planned{What: req.String() + " without a token", Count: 1, To: wire.Gateway})
	}
	return list
}

func planUsers(c contract.Contract) (list []wire.Planned) {
	add := func(what string, to wire.Asked) { list = append(list, wire.Planned{What: what, Count: 1, To: to}) }
	for i, u := range c.Users {
		switch what := fmt.Sprintf(" for user %d", i+1); c.LoginWay() {
		case contract.ByPath:
			add(wire.LoginOf(c, u, 0).String()+what, wire.Gateway)
		case contract.ByTokens: // called like any live token
		default:
			add(c.LoginText()+what, wire.TokenSource)
		}
	}
	return list
}
