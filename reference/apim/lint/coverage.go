package lint

import (
	"net/http"
	"slices"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// coverage finds a check without a record, a record without a check, and
// scopes that do not inherit the check.
func (l *linter) coverage() {
	var checking, recording []visit
	for _, v := range l.visits {
		switch {
		case v.checks():
			checking = append(checking, v)
		case v.records(http.StatusNoContent) || v.records(http.StatusOK):
			recording = append(recording, v)
		}
	}
	for _, v := range checking {
		if !matched(v, recording) {
			l.found(NoLogout, v.document, v.node, "nothing writes what this policy looks at")
		}
	}
	for _, v := range recording {
		if !matched(v, checking) {
			l.found(NoCheck, v.document, v.node, "nothing looks at what this policy writes")
		}
	}
	l.bypassed(checking)
	if len(checking)+len(recording) == 0 {
		l.nothing()
	}
}

// nothing names the documents that take tokens, or are for a logout, where no
// document ends a token.
func (l *linter) nothing() {
	for _, d := range l.documents {
		if onLogout(d) {
			l.found(NoLogout, d, d.root, "it records nothing")
		}
		each(d.root, func(n *policyxml.Node) {
			if n.Name == "validate-jwt" {
				l.found(NoLogout, d, n, "it takes every token until it expires")
			}
		})
	}
}

// matched reports whether a policy of the same kind uses the same key.
func matched(v visit, others []visit) bool {
	return slices.ContainsFunc(others, func(o visit) bool {
		return o.key == v.key && kindOf(o) == kindOf(v)
	})
}

// kindOf tells rate limits, quotas and caches apart: each has its own keys.
func kindOf(v visit) string {
	if v.isStore() || v.isLookup() {
		return "cache"
	}
	return v.node.Name
}

// bypassed finds documents that a check of a broader scope does not reach.
func (l *linter) bypassed(checking []visit) {
	for _, p := range l.paths {
		for _, broader := range chainOf(p.narrowest, l.documents)[1:] {
			checked := slices.ContainsFunc(checking, func(v visit) bool { return v.document == broader })
			reached := slices.ContainsFunc(p.inbound, func(s statement) bool { return s.document == broader })
			if n := child(p.narrowest.root, "inbound"); checked && !reached && n != nil {
				l.found(Bypassed, p.narrowest, n, "the check in %s does not run for it", broader.name)
			}
		}
	}
}
