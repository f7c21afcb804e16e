package lint

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// afterBackend finds checks that come when the backend was asked.
func (l *linter) afterBackend() {
	for _, r := range l.runs {
		before := map[subject]bool{}
		for _, v := range r.visits {
			before[v.subject()] = before[v.subject()] || v.role == check && !v.after
		}
		for _, v := range r.visits {
			if v.role == check && v.after && !before[v.subject()] {
				l.found(AfterBackend, v.document, v.node, "the backend has done its work when this check is made")
			}
		}
	}
}

// skipped finds checks that run for one request and not for another of the
// same operation, which differs in what its caller chooses.
func (l *linter) skipped() {
	byDocument := map[*document][]run{}
	for _, r := range l.runs {
		if len(r.path.assumed) == 0 {
			byDocument[r.path.narrowest] = append(byDocument[r.path.narrowest], r)
		}
	}
	for _, with := range l.runs {
		checks := checksOf(with.outcome)
		if len(checks) == 0 {
			continue
		}
		for _, without := range byDocument[with.path.narrowest] {
			chosen := differsIn(with.path, without.path)
			if chosen == "" || !without.validated || !without.asked || without.writes() || len(checksOf(without.outcome)) > 0 {
				continue
			}
			l.found(Skipped, checks[0].document, checks[0].node, "the check runs for %s", chosen)
		}
	}
}

func checksOf(o outcome) []visit {
	var checks []visit
	for _, v := range o.visits {
		if v.role == check {
			checks = append(checks, v)
		}
	}
	return checks
}

// writes reports whether a run is one of the logout.
func (r run) writes() bool {
	for _, v := range r.visits {
		if v.role == record {
			return true
		}
	}
	return logoutLike.MatchString(r.path.environment.path) || logoutLike.MatchString(r.path.environment.operation)
}

// differsIn says how two paths of one document differ, if it is in one thing
// and the caller chooses it. What an OPTIONS request may do is left out: it
// asks what a browser may send, without a token.
func differsIn(with, without *path) string {
	a, b := with.environment, without.environment
	if with.narrowest != without.narrowest || len(with.assumed)+len(without.assumed) > 0 || b.method == http.MethodOptions {
		return ""
	}
	said := ""
	for _, d := range []struct{ name, a, b string }{
		{"method", a.method, b.method}, {"path", a.path, b.path}, {"header", a.header, b.header}, {"query parameter", a.query, b.query},
	} {
		if d.a == d.b {
			continue
		}
		if said != "" {
			return ""
		}
		said = fmt.Sprintf("the %s %s, and not for %s", d.name, orNone(d.a), orNone(d.b))
	}
	a.method, a.path, a.header, a.query = b.method, b.path, b.header, b.query
	if a != b {
		return "" // of another operation
	}
	return said
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

// neverRefuses finds look-ups that do not refuse what the logout stores.
func (l *linter) neverRefuses() {
	for _, r := range l.runs {
		for _, v := range r.visits {
			if !v.isLookup() || v.role != check {
				continue
			}
			values := l.stored(v.subject())
			if len(values) > 0 && !r.refused() && l.refusesNowhere(v, values) {
				l.found(NeverRefuses, v.document, v.node, "what the logout stores, %s, is not what the check looks for", shown(values))
			}
			l.elsewhere(v)
		}
	}
}

// refusesNowhere reports whether the look-up refuses on no path.
func (l *linter) refusesNowhere(v visit, values []any) bool {
	for _, r := range l.runs {
		if r.path.narrowest == v.document || r.visited(v.node) {
			if refuses, known := l.tried(*r.path, l.samples.plain, v.node, values); refuses || !known {
				return false
			}
		}
	}
	return true
}

// visited reports whether a run came to a policy.
func (r run) visited(n *policyxml.Node) bool {
	return slices.ContainsFunc(r.visits, func(v visit) bool { return v.node == n })
}

// mostTries bounds what is tried for all findings together, by the elements
// that it takes.
const mostTries = 400_000

// tried is turnsAway; known is false when enough was tried.
func (l *linter) tried(p path, s sample, lookup *policyxml.Node, values []any) (refuses, known bool) {
	if l.tries += p.size() * (1 + len(values)); l.tries > mostTries {
		return false, false
	}
	return turnsAway(p, s, lookup, values), true
}

func shown(values []any) string {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = fmt.Sprintf("%q", fmt.Sprint(v))
	}
	return strings.Join(texts, " or ")
}

// elsewhere finds what is stored in the one cache and looked for in the other.
func (l *linter) elsewhere(check visit) {
	kind := func(n *policyxml.Node) string {
		text, _ := attr(n, "caching-type")
		return orDefault(text, "prefer-external")
	}
	wanted := kind(check.node)
	for _, v := range l.visits {
		if v.isStore() && v.role == record && v.subject() == check.subject() {
			if k := kind(v.node); k != wanted && (k == "internal" || wanted == "internal") {
				l.found(NeverRefuses, check.document, check.node, "the logout stores in the %s cache, and this looks in the %s one", k, wanted)
			}
		}
	}
}
