package preflight

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// RouteSeen are the answers of one route.
type RouteSeen struct {
	// Key of the route in the target file, such as "routes[0]".
	Key   string
	Route contract.Route
	Open  bool
	// Without and With are the statuses without a token and with a live one;
	// 0 if there was no answer.
	Without, With int

	without, notAToken wire.Answer
	with               []wire.Answer // by user
	liveToken          string        // of the first user
}

// notAToken is sent where a token belongs: a gateway that looks at tokens at all
// refuses it.
const notAToken = "not-a-token"

func (t Target) observeRoutes(ctx context.Context, o *Observations) {
	for i, route := range t.Contract.Routes {
		t.observeRoute(ctx, RouteSeen{Key: route.Key(i), Route: route}, o)
	}
	for i, route := range t.Contract.OpenRoutes {
		t.observeRoute(ctx, RouteSeen{Key: fmt.Sprintf("open_routes[%d]", i), Route: route, Open: true}, o)
	}
}

func (t Target) observeRoute(ctx context.Context, s RouteSeen, o *Observations) {
	s.without = t.Network.Send(ctx, wire.CallOf(s.Route), wire.Refused)
	s.notAToken = t.call(ctx, s.Route, t.Contract.Carrier, notAToken)
	for _, h := range o.holders {
		s.with = append(s.with, t.call(ctx, s.Route, t.Contract.Carrier, h.live.Raw))
	}
	s.liveToken = o.holders[0].live.Raw
	s.Without, s.With = s.without.Status, s.live().Status
	if !s.Open && o.Bare.Status == 0 {
		o.Bare = t.bareRoute(ctx, s)
	}
	o.Routes = append(o.Routes, s)
}

// call calls a route with a token in a carrier.
func (t Target) call(ctx context.Context, route contract.Route, in contract.Carrier, raw string) wire.Answer {
	req := wire.CallOf(route)
	req.Carry(in, raw)
	return t.Network.Send(ctx, req, wire.Accepted)
}

// live is the answer to a user's live token: an accepted one, if any was.
func (s RouteSeen) live() wire.Answer {
	if i := slices.IndexFunc(s.with, s.accepts); i >= 0 {
		return s.with[i]
	}
	return s.with[0]
}

func (s RouteSeen) accepts(a wire.Answer) bool { return a.Err == nil && s.Route.Accepts(a.Status) }

// saysNothing reports whether an answer is about the target's health or the
// number of calls, so that nothing follows from it for the contract.
func (t Target) saysNothing(a wire.Answer) bool {
	switch a.Status {
	case http.StatusTooManyRequests, http.StatusRequestTimeout, http.StatusTooEarly:
		return !t.Contract.Refuses(a.Status)
	}
	return a.Down() || a.Unsubscribed() || a.OverLimit()
}

// routeProblem says what is not as the contract has it; the zero value if all is.
func (t Target) routeProblem(ctx context.Context, s RouteSeen) Problem {
	none, live := s.without, s.live()
	switch {
	case t.saysNothing(none) || t.saysNothing(live):
		return Problem{}
	case missing(none) && none.Status == live.Status && !s.accepts(none):
		return t.noSuchRoute(s)
	case s.Open:
		return t.notOpen(s)
	case s.servesAnyone():
		return wrong(s.Key, fmt.Sprintf("%s is declared protected, and answers %d without a token, and %d to the text %s", s.Route, none.Status, s.notAToken.Status, notAToken),
			"list it under open_routes, or protect it")
	case live.Status < 400 && t.unheardOf(s, live) && none.Status >= 400 && s.notAToken.Status != live.Status:
		return wrong(s.Key+".accepted", fmt.Sprintf("%s answers %d to a live token and %d without one", s.Route, live.Status, none.Status),
			fmt.Sprintf("write accepted: [%d]", live.Status))
	}
	if p := t.malformed(ctx, s); p.Seen != "" {
		return p
	}
	if !t.undeclared(s, none) {
		return Problem{}
	}
	return wrong("refusal.statuses", fmt.Sprintf("%s answers %d %s without a token, which is not declared", s.Route, none.Status, http.StatusText(none.Status)),
		fmt.Sprintf("write statuses: %s", list(append(slices.Clone(t.Contract.Refusal.Statuses), none.Status))))
}

// servesAnyone reports whether neither no token nor what is no token is refused,
// and nobody is told from the token's user.
func (s RouteSeen) servesAnyone() bool {
	live := s.live()
	if !s.accepts(live) || !s.accepts(s.without) || !s.accepts(s.notAToken) {
		return false
	}
	if s.Route.Identity == "" {
		return true
	}
	who, _ := wire.Pick(live.Body, s.Route.Identity)
	nobody, _ := wire.Pick(s.without.Body, s.Route.Identity)
	stranger, _ := wire.Pick(s.notAToken.Body, s.Route.Identity)
	return who == nobody || who == stranger
}

// undeclared reports whether a call without a token was refused with a status
// that the contract does not name: a 4xx that read the request, or the redirect
// to a login page.
func (t Target) undeclared(s RouteSeen, a wire.Answer) bool {
	return a.Status >= 300 && a.Status < 500 && t.unheardOf(s, a)
}

// unheardOf reports whether the contract does not have the status of an answer.
func (t Target) unheardOf(s RouteSeen, a wire.Answer) bool {
	return !s.Route.Accepts(a.Status) && !t.Contract.Refuses(a.Status) && !t.Contract.Outage.Has(a.Status)
}

func missing(a wire.Answer) bool {
	return a.Status == http.StatusNotFound || a.Status == http.StatusMethodNotAllowed
}

func (t Target) noSuchRoute(s RouteSeen) Problem {
	if t.Contract.Refuses(s.Without) {
		return Problem{}
	}
	return noSuch(s.Key, s.Route.String(), s.without)
}

// noSuch is the problem of a request that the target does not know, with a
// token and without.
func noSuch(key, request string, a wire.Answer) Problem {
	seen := fmt.Sprintf("%s answers %d %s, with a live token and without one", request, a.Status, http.StatusText(a.Status))
	if a.Status != http.StatusMethodNotAllowed {
		return wrong(key+".path", seen, "write the path that the gateway has")
	}
	if allow := a.Header.Get("Allow"); allow != "" {
		return wrong(key+".method", seen, "write one of the methods that it allows: "+allow)
	}
	return wrong(key+".method", seen, "write the method that the gateway takes there")
}

func (t Target) notOpen(s RouteSeen) Problem {
	if s.accepts(s.without) || !s.accepts(s.live()) {
		return Problem{}
	}
	return wrong(s.Key, fmt.Sprintf("%s is declared open, and answers %d without a token", s.Route, s.Without), "list it under routes, or open it")
}

// list is a list of statuses as YAML has it.
func list(statuses []int) string {
	return strings.ReplaceAll(fmt.Sprint(statuses), " ", ", ")
}
