package lint

import "net/http"

// revocation reports whether a visit is part of a revocation, and not an
// unrelated throttle or cache.
func (v visit) revocation() bool {
	return v.checks() || v.records(http.StatusNoContent) || v.records(http.StatusOK)
}

// keys compares the keys that the spellings of one token make.
func (l *linter) keys() {
	s := newSamples(l.options.TokenLifetime)
	for _, p := range l.paths {
		plain, _ := simulate(p, s.plain, notRevoked, http.StatusNoContent)
		for _, v := range plain {
			if v.revocation() {
				l.spellings(p, v, s)
				l.strangers(p, v, s)
			} else if v.isCounter() {
				l.shared(v)
			}
		}
	}
}

func (l *linter) spellings(p path, v visit, s samples) {
	switch {
	case differs(p, v, s.lowerScheme):
		l.found(RawHeader, v.document, v.node, "\"bearer TOKEN\" makes another key than \"Bearer TOKEN\"")
	case differs(p, v, s.twoSpaces):
		l.found(RawHeader, v.document, v.node, "a second space behind the scheme makes another key")
	case differs(p, v, s.otherSignature):
		l.found(RawToken, v.document, v.node, "another spelling of the signature makes another key")
	}
}

// strangers finds what callers without a valid token can do.
func (l *linter) strangers(p path, v visit, s samples) {
	if !v.validated {
		l.found(BeforeValidation, v.document, v.node, "no validate-jwt stands before it for %s", p.narrowest.name)
	}
	if other, reached := at(p, v, s.absent); reached && !other.keyFailed {
		l.found(EmptyKey, v.document, v.node, "without an Authorization header the key is %q", other.key)
	}
	if other, reached := at(p, v, s.forged); reached && !other.keyFailed && other.key == v.key {
		l.found(UnverifiedKey, v.document, v.node, "an unsigned token with the same claims makes the same key")
	}
}

// differs reports whether another spelling reaches the same policy with
// another key.
func differs(p path, v visit, s sample) bool {
	other, reached := at(p, v, s)
	return reached && !other.keyFailed && other.key != v.key
}

// at is the visit of the same policy by another sample.
func at(p path, v visit, s sample) (visit, bool) {
	visits, _ := simulate(p, s, notRevoked, http.StatusNoContent)
	for _, other := range visits {
		if other.node == v.node {
			return other, true
		}
	}
	return visit{}, false
}

// shared finds a throttle on the key of a revocation.
func (l *linter) shared(v visit) {
	for _, other := range l.visits() {
		if other.node != v.node && other.isCounter() && other.node.Name == v.node.Name && other.revocation() && other.key == v.key {
			l.found(SharedCounter, v.document, v.node, "it counts every call on the key that %s:%d uses for revocation",
				other.document.name, other.node.Pos.Line)
		}
	}
}
