package preflight

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/scenarios/contract"
)

// otherCarrier reports whether no protected route takes a live token where the
// contract puts it, and one takes it elsewhere, or another token of the login.
func (t Target) otherCarrier(ctx context.Context, o *Observations) bool {
	refused := slices.IndexFunc(o.Routes, func(s RouteSeen) bool {
		return !s.Open && s.live().Status >= 300 && s.live().Status < 500 && !t.saysNothing(s.live()) && !missing(s.live())
	})
	taken := slices.ContainsFunc(o.Routes, func(s RouteSeen) bool { return !s.Open && s.accepts(s.live()) })
	if refused < 0 || taken {
		return false
	}
	s := o.Routes[refused]
	for _, c := range t.carriers() {
		if t.takes(ctx, s, c, s.liveToken) {
			o.problem(wrong("carrier", fmt.Sprintf("%s answers %d to a live token as the file has it carried, and accepts it in %s", s.Route, s.With, where(c)), write(c)))
			return true
		}
	}
	for _, other := range o.holders[0].others {
		if t.takes(ctx, s, t.Contract.Carrier, other.raw) {
			o.problem(wrong(other.key, fmt.Sprintf("%s answers %d to the token at %s, and accepts another one of that login", s.Route, s.With, t.tokenAt()), other.write))
			return true
		}
	}
	return false
}

// takes reports whether a route accepts a live token in a carrier, and refuses
// there what is no token.
func (t Target) takes(ctx context.Context, s RouteSeen, c contract.Carrier, raw string) bool {
	live := t.call(ctx, s.Route, c, raw)
	return s.accepts(live) && !s.accepts(t.call(ctx, s.Route, c, notAToken))
}

// carriers are those that gateways are known to have, but for the declared one.
func (t Target) carriers() []contract.Carrier {
	var all []contract.Carrier
	for _, scheme := range []string{"Bearer", "none", "Token", "JWT"} {
		all = append(all, contract.Carrier{In: "header", Name: "Authorization", Scheme: scheme})
	}
	for _, name := range []string{"X-Auth-Token", "X-Access-Token", "X-Auth", "X-Token", "Token"} {
		all = append(all, contract.Carrier{In: "header", Name: name, Scheme: "none"})
	}
	names := []string{t.Contract.Carrier.Name, t.Contract.Login.TokenCookie, "access_token", "token", "jwt", "session", "auth"}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if name != "" && name != "Authorization" {
			all = append(all, contract.Carrier{In: "cookie", Name: name}, contract.Carrier{In: "query", Name: name})
		}
	}
	return slices.DeleteFunc(all, t.declared)
}

func where(c contract.Carrier) string {
	switch {
	case c.In != "header":
		return fmt.Sprintf("the %s %s", map[string]string{"query": "query parameter", "cookie": "cookie"}[c.In], c.Name)
	case c.Scheme == "none":
		return "the header " + c.Name
	}
	return fmt.Sprintf("the header %s with the scheme %s", c.Name, c.Scheme)
}

// write is a carrier as a target file has it.
func write(c contract.Carrier) string {
	if c.In != "header" {
		return fmt.Sprintf("write carrier: {in: %s, name: %s}", c.In, c.Name)
	}
	return fmt.Sprintf("write carrier: {name: %s, scheme: %s}", c.Name, cmp.Or(c.Scheme, "Bearer"))
}

func (t Target) declared(c contract.Carrier) bool {
	d := t.Contract.Carrier
	return c.In == d.In && strings.EqualFold(c.Name, d.Name) && (c.In != "header" || strings.EqualFold(c.Scheme, d.Scheme))
}
