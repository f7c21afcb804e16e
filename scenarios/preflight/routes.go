package preflight

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
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
}

func (t Target) observeRoutes(ctx context.Context, live token.JWT, o *Observations) {
	for i, route := range t.Contract.Routes {
		t.observeRoute(ctx, fmt.Sprintf("routes[%d]", i), route, live, o)
	}
	for i, route := range t.Contract.OpenRoutes {
		t.observeRoute(ctx, fmt.Sprintf("open_routes[%d]", i), route, live, o)
	}
}

func (t Target) observeRoute(ctx context.Context, key string, route contract.Route, live token.JWT, o *Observations) {
	bare, carrying := wire.CallOf(route), wire.CallOf(route)
	carrying.Carry(t.Contract.Carrier, live.Raw)
	seen := RouteSeen{Key: key, Route: route, Open: strings.HasPrefix(key, "open_routes")}
	seen.Without = t.Network.Send(ctx, bare, wire.Refused).Status
	seen.With = t.Network.Send(ctx, carrying, wire.Accepted).Status
	o.Routes = append(o.Routes, seen)
	if p := t.routeProblem(seen); p.Seen != "" {
		o.Problems = append(o.Problems, p)
	}
}

// routeProblem says what is not as the contract has it; the zero value if all is.
func (t Target) routeProblem(s RouteSeen) Problem {
	switch {
	case s.Without == 0 || s.With == 0:
		return Problem{Key: s.Key, Seen: "there was no answer"}
	case !s.Route.Accepts(s.With):
		return Problem{Key: s.Key, Seen: "a live token is not accepted", Write: "look at the route, its accepted statuses and the carrier"}
	case s.Open && !s.Route.Accepts(s.Without):
		return Problem{Key: s.Key, Seen: "it is declared open, and is not accepted without a token"}
	case !s.Open && s.Route.Accepts(s.Without):
		return Problem{Key: s.Key, Seen: "it is declared protected, and answers without a token"}
	case !s.Open && !t.Contract.Refuses(s.Without):
		return Problem{Key: s.Key, Seen: fmt.Sprintf("%d %s is not declared in refusal.statuses", s.Without, http.StatusText(s.Without))}
	}
	return Problem{}
}
