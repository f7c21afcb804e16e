package lint

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// cacheUse tells the cache entries that tokens stand or fall with from those
// that hold something else, such as a user's profile.
type cacheUse struct {
	guards        map[*policyxml.Node]bool // look-ups that turn a request away if they find something
	guarded, read map[string]bool          // keys that guards look up, and that others do
}

// ordinary reports whether an entry has nothing to do with revocation: a
// look-up that turns nobody away, and what is stored for it alone.
func (c *cacheUse) ordinary(n *policyxml.Node, key string) bool {
	switch {
	case c == nil || n.Name != "cache-store-value" && n.Name != "cache-lookup-value":
		return false
	case n.Name == "cache-lookup-value":
		return !c.guards[n]
	}
	return c.read[key] && !c.guarded[key]
}

// mostTried is how many look-ups of one path are tried one by one.
const mostTried = 64

// cacheUseOf tries what becomes of the sample if a look-up finds what is stored
// for it, or any mark that a condition asks for.
func cacheUseOf(paths []path, s sample) *cacheUse {
	c := &cacheUse{map[*policyxml.Node]bool{}, map[string]bool{}, map[string]bool{}}
	stored := storedIn(paths, s)
	for _, p := range paths {
		lookups := lookupsOf(simulate(p, s, healthy, http.StatusNoContent))
		if len(lookups) == 0 {
			continue
		}
		marks := marksOf(p)
		for _, v := range lookups {
			if c.read[v.key] = true; len(lookups) > mostTried || turnsAway(p, s, v.node, stored[v.key]) || turnsAway(p, s, v.node, marks) {
				c.guards[v.node], c.guarded[v.key] = true, true
			}
		}
	}
	c.suspect(paths, s)
	return c
}

// suspect adds look-ups that refuse nothing, but stand before a refusal that
// reads their variable and look for what a logout stores: that they refuse
// nothing is what is wrong with them.
func (c *cacheUse) suspect(paths []path, s sample) {
	atLogout := map[string]bool{}
	for _, p := range paths {
		if !onLogout(p.narrowest) {
			continue
		}
		for _, v := range simulate(p, s, healthy, http.StatusNoContent).visits {
			atLogout[v.key] = atLogout[v.key] || v.isStore()
		}
	}
	for _, p := range paths {
		for _, v := range lookupsOf(simulate(p, s, healthy, http.StatusNoContent)) {
			if name, _ := attr(v.node, "variable-name"); atLogout[v.key] && !c.guards[v.node] && p.refusesBy(name) {
				c.guards[v.node], c.guarded[v.key] = true, true
			}
		}
	}
}

// refusesBy reports whether a branch that refuses has a condition on a variable.
func (p path) refusesBy(variable string) bool {
	found := false
	p.walk(func(st statement) {
		text, _ := attr(st.node, "condition")
		if found || !strings.Contains(text, strconv.Quote(variable)) {
			return
		}
		walk(st, func(inner statement) {
			found = found || inner.node.Name == "return-response" && statusOf(inner.node) >= http.StatusBadRequest
		})
	})
	return found
}

// marksOf are values of one kind and another, and those that conditions of the
// path name.
func marksOf(p path) []any {
	marks := []any{"1", true, int32(1)}
	p.walk(func(st statement) {
		text, _ := attr(st.node, "condition")
		for _, m := range quotedText.FindAllStringSubmatch(text, 4) {
			if m[1] != "" && len(marks) < 16 {
				marks = append(marks, m[1])
			}
		}
	})
	return marks
}

// turnsAway reports whether a request that goes through otherwise is refused
// if a look-up finds one of the values.
func turnsAway(p path, s sample, lookup *policyxml.Node, values []any) bool {
	if len(values) == 0 || simulate(p, s, healthy, http.StatusNoContent).refused() {
		return false
	}
	for _, v := range values {
		if simulate(p, s, caching{found: map[*policyxml.Node]any{lookup: v}}, http.StatusNoContent).refused() {
			return true
		}
	}
	return false
}

// storedIn is what is stored under each key.
func storedIn(paths []path, s sample) map[string][]any {
	stored := map[string][]any{}
	for _, p := range paths {
		for _, v := range simulate(p, s, healthy, http.StatusNoContent).visits {
			if v.isStore() && v.stored != nil && len(stored[v.key]) < mostTried {
				stored[v.key] = append(stored[v.key], v.stored)
			}
		}
	}
	return stored
}

func lookupsOf(o outcome) []visit {
	var lookups []visit
	for _, v := range o.visits {
		if v.isLookup() {
			lookups = append(lookups, v)
		}
	}
	return lookups
}

// failingCaches finds look-ups that accept everything when the cache is away,
// and revocations in a cache that forgets.
func (l *linter) failingCaches() {
	for _, r := range l.runs {
		var checks []visit
		for _, v := range r.visits {
			if v.isLookup() && v.role == check {
				checks = append(checks, v)
			}
		}
		if len(checks) == 0 || !simulate(*r.path, l.samples.plain, caching{away: true}, http.StatusNoContent).through {
			continue
		}
		for _, v := range checks {
			l.found(FailsOpen, v.document, v.node, "with the cache away the request goes through")
		}
	}
	for _, v := range l.visits {
		if kind, _ := attr(v.node, "caching-type"); (v.isStore() || v.isLookup()) && v.revocation() && kind != "external" {
			l.found(VolatileCache, v.document, v.node, "caching-type is %s", orDefault(kind, "not given, which is prefer-external"))
		}
	}
}

func orDefault(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
