package lint

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// revocation reports whether a visit is part of a revocation, and not an
// unrelated throttle or cache.
func (v visit) revocation() bool {
	return v.checks() || v.records(http.StatusNoContent) || v.records(http.StatusOK)
}

// reach is where a sample comes on a path, by policy.
type reach map[*policyxml.Node]visit

func reachOf(p path, s sample) reach {
	r := reach{}
	for _, v := range simulate(p, s, healthy, http.StatusNoContent).visits {
		if _, again := r[v.node]; !again {
			r[v.node] = v
		}
	}
	return r
}

// key is the key that the sample makes at the policy of a visit.
func (r reach) key(v visit) (key string, made bool) {
	other, reached := r[v.node]
	return other.key, reached && !other.keyFailed
}

func (r reach) differs(v visit) bool {
	key, made := r.key(v)
	return made && key != v.key
}

func (r reach) same(v visit) bool {
	key, made := r.key(v)
	return made && key == v.key
}

// keys compares the keys that the samples make.
func (l *linter) keys() {
	for _, p := range l.paths {
		for _, rule := range []func(path, []visit){l.spellings, l.strangers, l.others} {
			rule(p, l.revocations(p))
		}
	}
	l.shared()
}

func (l *linter) revocations(p path) []visit {
	var list []visit
	for _, v := range simulate(p, l.samples.plain, healthy, http.StatusNoContent).visits {
		if v.revocation() {
			list = append(list, v)
		}
	}
	return list
}

func (l *linter) spellings(p path, visits []visit) {
	lower, spaced := reachOf(p, l.samples.lowerScheme), reachOf(p, l.samples.twoSpaces)
	signed := reachOf(p, l.samples.otherSignature)
	for _, v := range visits {
		switch {
		case lower.differs(v):
			l.found(RawHeader, v.document, v.node, "\"bearer TOKEN\" makes another key than \"Bearer TOKEN\"")
		case spaced.differs(v):
			l.found(RawHeader, v.document, v.node, "a second space behind the scheme makes another key")
		case signed.differs(v):
			l.found(RawToken, v.document, v.node, "another spelling of the signature makes another key")
		}
	}
}

// strangers finds what callers without a valid token can do.
func (l *linter) strangers(p path, visits []visit) {
	absent, forged := reachOf(p, l.samples.absent), reachOf(p, l.samples.forged)
	for _, v := range visits {
		if !v.validated {
			l.found(BeforeValidation, v.document, v.node, "no validate-jwt stands before it for %s", p.narrowest.name)
		}
		if key, made := absent.key(v); made {
			l.found(EmptyKey, v.document, v.node, "without an Authorization header the key is %q", key)
		}
		if forged.same(v) {
			l.found(UnverifiedKey, v.document, v.node, "an unsigned token with the same claims makes the same key")
		}
	}
}

// others finds keys that one token shares with others. A cache may hold a time
// under the key of a user, before which tokens are refused; a counter cannot.
func (l *linter) others(p path, visits []visit) {
	next, stranger := reachOf(p, l.samples.next), reachOf(p, l.samples.stranger)
	for _, v := range visits {
		switch {
		case stranger.same(v):
			l.found(SharedKey, v.document, v.node, "the token of another user makes the same key, %q", v.key)
		case v.isCounter() && next.same(v):
			l.found(SharedKey, v.document, v.node, "the next token of the same user makes the same key")
		}
	}
}

// shared finds throttles on the key of a revocation.
func (l *linter) shared() {
	revocations := map[subject]visit{}
	for _, v := range l.visits {
		if v.isCounter() && v.revocation() {
			revocations[v.subject()] = v
		}
	}
	for _, v := range l.visits {
		other, ok := revocations[v.subject()]
		if ok && v.isCounter() && !v.revocation() {
			l.found(SharedCounter, v.document, v.node, "it counts every call on the key that %s:%d uses for revocation",
				other.document.name, other.node.Pos.Line)
		}
	}
}
