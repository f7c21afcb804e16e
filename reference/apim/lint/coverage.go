package lint

import (
	"slices"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// coverage finds a check without a record, a record without a check, and
// scopes that do not inherit the check.
func (l *linter) coverage() {
	var checking, recording []visit
	for _, v := range l.visits {
		switch v.role {
		case check:
			checking = append(checking, v)
		case record:
			recording = append(recording, v)
		}
	}
	written, looked := subjectsOf(recording), subjectsOf(checking)
	for _, v := range checking {
		if !written[v.subject()] && !l.mayHide() {
			l.found(NoLogout, v.document, v.node, "nothing writes what this policy looks at")
		}
	}
	for _, v := range recording {
		if !looked[v.subject()] && !l.mayHide() {
			l.found(NoCheck, v.document, v.node, "nothing looks at what this policy writes")
		}
	}
	l.bypassed(checking)
	if len(checking)+len(recording) == 0 && !l.mayHide() {
		l.nothing()
	}
}

// mayHide reports whether a part of a revocation may lie in what is not
// understood. It is asked where one is missing, and what it is about is listed.
func (l *linter) mayHide() bool {
	l.missing = true
	return slices.ContainsFunc(l.runs, func(r run) bool { return len(r.doubts) > 0 }) ||
		slices.ContainsFunc(l.visits, func(v visit) bool { return v.mayRevoke() })
}

// nothing names the documents that take tokens, or are for a logout, where no
// document ends a token.
func (l *linter) nothing() {
	for _, d := range l.documents {
		if onLogout(d) {
			l.found(NoLogout, d, d.root, "it records nothing")
		}
		each(d.root, func(n *policyxml.Node) {
			switch {
			case n.Name == "validate-jwt", n.Name == "validate-azure-ad-token":
				l.found(NoLogout, d, n, "it takes every token until it expires")
			case isLimit(n) && onLogout(d):
				l.found(LimitsAll, d, n, "it counts the calls of a subscription, whatever token they bring")
			}
		})
	}
}

// subject is what a policy looks at or writes: a key of a kind. Rate limits,
// quotas and caches each have their own keys.
type subject struct{ kind, key string }

func (v visit) subject() subject {
	if v.isStore() || v.isLookup() {
		return subject{"cache", v.key}
	}
	return subject{v.node.Name, v.key}
}

func subjectsOf(visits []visit) map[subject]bool {
	set := map[subject]bool{}
	for _, v := range visits {
		set[v.subject()] = true
	}
	return set
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
