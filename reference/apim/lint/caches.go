package lint

import "net/http"

// caches finds look-ups that accept everything when the cache is away, and
// revocations in a cache that forgets.
func (l *linter) caches() {
	s := newSamples(l.options.TokenLifetime)
	for _, p := range l.paths {
		visits, through := simulate(p, s.plain, away, http.StatusNoContent)
		for _, v := range visits {
			if v.isLookup() && through {
				l.found(FailsOpen, v.document, v.node, "with the cache away the request goes through")
			}
		}
	}
	for _, v := range l.visits() {
		if kind, _ := attr(v.node, "caching-type"); (v.isStore() || v.isLookup()) && kind != "external" {
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
