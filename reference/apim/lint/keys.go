package lint

import (
	"net/http"
	"slices"

	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

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
	for _, r := range l.runs {
		visits := slices.DeleteFunc(slices.Clone(r.visits), func(v visit) bool { return !v.revocation() || v.keyUnknown })
		if len(visits) == 0 {
			continue
		}
		for _, rule := range []func(path, []visit){l.spellings, l.strangers, l.others} {
			rule(*r.path, visits)
		}
	}
	l.shared()
}

// spellings finds keys that follow how the token is written. All samples are
// tried: each key is reported with every hole that it has.
func (l *linter) spellings(p path, visits []visit) {
	for _, s := range l.samples.spellings {
		other := reachOf(p, s.sample)
		for _, v := range visits {
			if other.differs(v) {
				l.found(s.rule, v.document, v.node, "%s makes another key", s.how)
			}
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
// under the key of a user, before which tokens are refused: the next token is
// tried against what the logout stores. A counter holds no time.
func (l *linter) others(p path, visits []visit) {
	next, stranger := reachOf(p, l.samples.next), reachOf(p, l.samples.stranger)
	for _, v := range visits {
		switch {
		case stranger.same(v):
			l.found(SharedKey, v.document, v.node, "the token of another user makes the same key, %q", v.key)
		case next.same(v) && (v.isCounter() || l.endsNext(p, v)):
			l.found(SharedKey, v.document, v.node, "the next token of the same user makes the same key")
		}
	}
}

// endsNext reports whether what is stored at a logout refuses the user's next
// token too: at the look-up itself, or at those of what a store stores.
func (l *linter) endsNext(p path, v visit) bool {
	if v.isLookup() {
		refuses, _ := l.tried(p, l.samples.next, v.node, l.stored(v.subject()))
		return refuses
	}
	for _, r := range l.runs {
		for _, check := range r.visits {
			if check.isLookup() && check.subject() == v.subject() {
				if refuses, known := l.tried(*r.path, l.samples.next, check.node, l.stored(v.subject())); refuses || !known {
					return refuses
				}
			}
		}
	}
	return false
}

// stored are the values that logouts store under a key.
func (l *linter) stored(s subject) []any {
	var values []any
	for _, v := range l.visits {
		if v.isStore() && v.role == record && v.subject() == s && v.stored != nil && len(values) < mostTried {
			values = append(values, v.stored)
		}
	}
	return values
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
