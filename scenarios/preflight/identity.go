package preflight

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

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
		return s.elsewhere(h, all)
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
	fresh, err := t.obtain(ctx, h.user, 0)
	if err != nil {
		return false
	}
	again, _ := wire.Pick(t.call(ctx, s.Route, t.Contract.Carrier, fresh.Raw).Body, s.Route.Identity)
	return again == shown
}

// elsewhere is the problem of an answer that has nothing at the declared path, and
// the identity at another. Where the path is there, or has it for another user,
// the path is right.
func (s RouteSeen) elsewhere(h holder, all []holder) Problem {
	body := s.with[h.index].Body
	if hasPath(body, s.Route.Identity) || slices.ContainsFunc(all, func(o holder) bool { return hasPath(s.with[o.index].Body, s.Route.Identity) }) {
		return Problem{}
	}
	key, seen := s.Key+".identity", fmt.Sprintf("the answer of %s has nothing at %s", s.Route, s.Route.Identity)
	names := []string{h.user.Identity, h.user.Name}
	if sub, ok := h.live.Claims["sub"]; ok {
		names = append(names, fmt.Sprint(sub))
	}
	for _, name := range names {
		if paths := pathsTo(body, name); len(paths) > 0 {
			return wrong(key, fmt.Sprintf("%s; it has the user's identity at %s", seen, paths[0]), "write identity: "+paths[0])
		}
	}
	if _, err := oj.Parse(body); err != nil && bytes.Contains(body, []byte(h.user.Identity)) {
		return wrong(key, seen+"; it has the user's identity, and is not JSON", "leave identity out")
	}
	return Problem{}
}

func hasPath(body []byte, path string) bool {
	x, err := jp.ParseString(path)
	if err != nil {
		return false
	}
	doc, err := oj.Parse(body)
	return err == nil && x.Has(doc)
}

// walk gives the values of a document with their JSON paths; none of what is not
// JSON.
func walk(body []byte, each func(path string, value any)) {
	if doc, err := oj.Parse(body); err == nil {
		jp.Walk(doc, func(path jp.Expr, value any) { each(path.String(), value) })
	}
}

// pathsTo are the JSON paths at which a document has a text, or a number that is
// written so.
func pathsTo(body []byte, text string) []string {
	var found []string
	walk(body, func(path string, value any) {
		switch value.(type) {
		case nil, bool, []any, map[string]any:
			return
		}
		if fmt.Sprint(value) == text {
			found = append(found, path)
		}
	})
	slices.SortFunc(found, func(a, b string) int { return cmp.Or(len(a)-len(b), strings.Compare(a, b)) })
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
