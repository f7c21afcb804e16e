package lint

import (
	"fmt"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// NotJudged is the rule of a place that could not be judged and may matter.
var NotJudged = Rule{"not-judged", "This place is not judged",
	"What is not understood is not judged: it may hide a hole, or be what closes one.",
	"Look at it yourself; or write it with what revocheck understands, and give the files of fragments and the named values."}

// reservation is a place that was not understood, and what it could do.
type reservation struct {
	document *document
	node     *policyxml.Node
	message  string
}

// unknown is the error of an evaluation that needs what was not understood.
type unknown struct{ reservation }

func (u *unknown) Error() string { return u.message }

// reserve lists what could matter: what keys and conditions of a revocation
// needed, and what stood before it.
func (l *linter) reserve() {
	revoked := false
	for _, v := range l.visits {
		if !v.revocation() && !v.mayRevoke() {
			continue
		}
		revoked = true
		for _, r := range v.doubts {
			l.found(NotJudged, r.document, r.node, "%s", r.message)
		}
		if u := v.doubtful(); u != nil && v.isCounter() {
			l.found(NotJudged, u.document, u.node, "%s", u.message)
		}
	}
	if revoked && !l.missing {
		return
	}
	for _, r := range l.runs {
		for _, d := range r.doubts {
			l.found(NotJudged, d.document, d.node, "%s", d.message)
		}
	}
}

// mayRevoke reports whether a visit would be part of a revocation if its key
// named the token, which is not known.
func (v visit) mayRevoke() bool {
	return v.keyUnknown && (v.isCounter() && v.conditional() && v.neverCounts() || v.atLogout() && (v.isCounter() || v.isStore()) || v.isLookup())
}

func outside(st statement, what string, err error) *unknown {
	return &unknown{reservation{st.document, st.node, fmt.Sprintf("%s: %s", what, err)}}
}
