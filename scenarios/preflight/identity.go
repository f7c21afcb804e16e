package preflight

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/ohler55/ojg/jp"
	"github.com/ohler55/ojg/oj"

	"github.com/revocheck/revocheck/scenarios/wire"
)

// compareIdentities looks for each user's identity where the routes have it.
func (t Target) compareIdentities(ctx context.Context, o *Observations) {
	for _, s := range o.Routes {
		if s.Open || s.Route.Identity == "" {
			continue
		}
		for _, h := range o.holders {
			o.problem(t.identityProblem(ctx, s, h, o.holders))
		}
	}
}

func (t Target) identityProblem(ctx context.Context, s RouteSeen, h holder, all []holder) Problem {
	answer := s.with[h.index]
	if !s.accepts(answer) {
		return Problem{}
	}
	shown, found := wire.Pick(answer.Body, s.Route.Identity)
	switch {
	case !found:
		return elsewhere(s, h)
	case shown == h.user.Identity || !t.belongsTo(ctx, s, h, all, shown):
		return Problem{}
	}
	return wrong(fmt.Sprintf("users[%d].identity", h.index),
		fmt.Sprintf("%s answers %q at %s to user %q, and not %q", s.Route, short(shown), s.Route.Identity, h.user.Name, h.user.Identity),
		fmt.Sprintf("write identity: %s", short(shown)))
}

// belongsTo reports whether what a route shows is this user's and nobody
// else's: their token has it too, or it is the same for another token of
// theirs and differs from what others are shown.
func (t Target) belongsTo(ctx context.Context, s RouteSeen, h holder, all []holder, shown string) bool {
	for _, other := range all {
		theirs, _ := wire.Pick(s.with[other.index].Body, s.Route.Identity)
		if other.index != h.index && (theirs == shown || other.user.Identity == shown || other.user.Name == shown) {
			return false
		}
	}
	if shown == h.user.Name || slices.ContainsFunc(slices.Collect(maps.Values(h.live.Claims)), func(v any) bool { return fmt.Sprint(v) == shown }) {
		return true
	}
	if len(all) < 2 {
		return false
	}
	again, _ := wire.Pick(t.call(ctx, s.Route, t.Contract.Carrier, h.live.Raw).Body, s.Route.Identity)
	return again == shown
}

// elsewhere is the problem of an answer that has nothing at the declared path.
func elsewhere(s RouteSeen, h holder) Problem {
	key, body := s.Key+".identity", s.with[h.index].Body
	seen := fmt.Sprintf("the answer of %s has nothing at %s", s.Route, s.Route.Identity)
	paths := pathsTo(body, h.user.Identity)
	if len(paths) == 0 {
		return Problem{Key: key, Seen: seen, Fix: "write the JSON path of the caller's identity, or leave it out"}
	}
	return wrong(key, fmt.Sprintf("%s; it has the user's identity at %s", seen, paths[0]), "write identity: "+paths[0])
}

// pathsTo are the JSON paths at which a document has a text.
func pathsTo(body []byte, text string) []string {
	doc, err := oj.Parse(body)
	if err != nil {
		return nil
	}
	var found []string
	jp.Walk(doc, func(path jp.Expr, value any) {
		if s, ok := value.(string); ok && s == text {
			found = append(found, path.String())
		}
	})
	slices.SortFunc(found, func(a, b string) int { return len(a) - len(b) })
	return found
}

// short bounds what is repeated of an answer.
func short(s string) string {
	const most = 60
	if len(s) > most {
		return s[:most] + "..."
	}
	return s
}
