package lint

import "time"

// durations finds revocations that end before the token does.
func (l *linter) durations() {
	for _, v := range l.visits {
		if !v.revocation() {
			continue
		}
		switch v.node.Name {
		case "rate-limit-by-key":
			l.shorter(v, "renewal-period")
		case "cache-store-value":
			l.shorter(v, "duration")
		case "quota-by-key":
			if n, ok := v.number("renewal-period", 0); ok && n != 0 {
				l.found(AnchoredQuota, v.document, v.node, "renewal-period is %d s, and not 0", n)
			}
		}
	}
}

func (l *linter) shorter(v visit, name string) {
	n, ok := v.number(name, 0)
	lasts := time.Duration(n) * time.Second
	if ok && lasts < l.options.TokenLifetime {
		l.found(ShortWindow, v.document, v.node, "%s is %s and a token lives %s", name, lasts, l.options.TokenLifetime)
	}
}
