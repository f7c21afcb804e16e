package lint

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

func (v visit) isCounter() bool {
	return v.node.Name == "rate-limit-by-key" || v.node.Name == "quota-by-key"
}

func (v visit) isStore() bool {
	return v.node.Name == "cache-store-value" && !v.fixedKey && !v.ordinary
}

func (v visit) isLookup() bool {
	return v.node.Name == "cache-lookup-value" && !v.fixedKey && !v.ordinary
}

// conditional reports whether a counter counts some requests and not others,
// which tells a revocation from a throttle.
func (v visit) conditional() bool {
	_, ok := attr(v.node, "increment-condition")
	return ok
}

// records reports whether the visit writes down a logout that the backend
// answered with a status.
func (v visit) records(status int) bool {
	if v.isStore() {
		return true
	}
	return v.isCounter() && (v.conditional() || onLogout(v.document)) && v.counts(status)
}

// onLogout recognises the logout operation by its name, for a counter that
// counts every call.
func onLogout(d *document) bool {
	return d.level == "operation" && strings.Contains(strings.ToLower(d.id), "logout")
}

// checks reports whether the visit looks and does not write.
func (v visit) checks() bool {
	return v.isLookup() || v.isCounter() && v.conditional() && !v.counts(http.StatusOK) && !v.counts(http.StatusNoContent)
}

// counts evaluates increment-condition after an answer of the backend. One
// that throws is taken to count.
func (v visit) counts(status int) bool {
	text, ok := attr(v.node, "increment-condition")
	if !ok {
		return true
	}
	result, err := v.value(text, status)
	return err != nil || result == true || strings.EqualFold(expr.Text(result), "true")
}

func (v visit) value(text string, status int) (any, error) {
	if !policyxml.IsExpression(text) {
		return text, nil
	}
	p, err := v.document.compile(text)
	if err != nil {
		return nil, err
	}
	ctx := *v.ctx
	ctx.Response = &expr.Response{StatusCode: status, Header: http.Header{}}
	return p.Eval(&ctx)
}

// number evaluates an attribute that is a whole number; false if it cannot.
func (v visit) number(name string, fallback int) (int, bool) {
	text, ok := attr(v.node, name)
	if !ok {
		return fallback, true
	}
	result, err := v.value(text, http.StatusNoContent)
	if err != nil {
		return 0, false
	}
	n, err := strconv.Atoi(strings.TrimSpace(expr.Text(result)))
	return n, err == nil
}

// postponed reports whether the increment waits for the end of outbound.
func (v visit) postponed() bool {
	for _, name := range []string{"increment-condition", "increment-count"} {
		if text, _ := attr(v.node, name); policyxml.IsExpression(text) {
			return true
		}
	}
	return false
}

// parameters finds a period that is too long, and counters of one key with
// different parameters.
func (l *linter) parameters() {
	seen := map[string]visit{}
	for _, v := range l.visits {
		if v.node.Name != "rate-limit-by-key" {
			continue
		}
		if period, ok := v.number("renewal-period", 0); ok {
			l.period(v.statement, period)
		}
		first, again := seen[v.key]
		if !again {
			seen[v.key] = v
			continue
		}
		l.compare(first, v)
	}
}

func (l *linter) period(st statement, seconds int) {
	if seconds > int(counter.MaxPeriod.Seconds()) {
		l.found(LongPeriod, st.document, st.node, "renewal-period is %d s", seconds)
	}
}

// static finds what is wrong with a policy whether or not a sample reaches it.
func (l *linter) static() {
	for _, d := range l.documents {
		each(d.root, func(n *policyxml.Node) {
			counts := n.Name == "rate-limit-by-key" || n.Name == "quota-by-key"
			if counts && l.options.Tier == Consumption {
				l.found(NoCounters, d, n, "%s is not allowed in the Consumption tier", n.Name)
			}
			text, _ := attr(n, "renewal-period")
			if seconds, err := strconv.Atoi(text); err == nil && n.Name == "rate-limit-by-key" {
				l.period(statement{d, n}, seconds)
			}
		})
	}
}

func (l *linter) compare(first, v visit) {
	for _, name := range []string{"calls", "renewal-period"} {
		a, _ := first.number(name, 0)
		b, _ := v.number(name, 0)
		if a != b && l.options.Tier != Classic {
			l.found(MixedParameters, v.document, v.node, "%s is %d here and %d at %s:%d, on the same key",
				name, b, a, first.document.name, first.node.Pos.Line)
		}
	}
}

// increments finds records that may not suffice, and records of logouts that
// failed.
func (l *linter) increments() {
	for _, v := range l.visits {
		if v.isCounter() && (v.records(http.StatusNoContent) || v.records(http.StatusOK)) {
			l.suffices(v)
			l.waits(v)
		}
	}
	for _, p := range l.paths {
		for _, v := range simulate(p, l.samples.plain, healthy, http.StatusInternalServerError).visits {
			if v.isStore() && v.asked {
				l.found(FailedLogout, v.document, v.node, "a logout that the backend answers with 500 is stored as well")
			}
		}
	}
}

func (l *linter) suffices(v visit) {
	calls, known := v.number("calls", 0)
	count, counted := v.number("increment-count", 1)
	if known && counted && count <= calls {
		l.found(SingleIncrement, v.document, v.node, "the logout counts %d against calls %d", count, calls)
	}
}

// waits is about logouts that the backend has a say in.
func (l *linter) waits(v visit) {
	if v.asked && (!v.postponed() || v.counts(http.StatusInternalServerError)) {
		l.found(FailedLogout, v.document, v.node, "a logout that the backend answers with 500 is counted as well")
	}
}
