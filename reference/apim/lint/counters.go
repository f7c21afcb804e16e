package lint

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policyxml"
)

// counts evaluates increment-condition after an answer of the backend. One
// that throws is taken to count, and so is one that is not understood, but
// for a failure.
func (v visit) counts(status int) bool {
	text, ok := attr(v.node, "increment-condition")
	if !ok {
		return true
	}
	result, err := v.value(text, status)
	if _, is := err.(*unknown); is {
		return status < http.StatusBadRequest
	}
	return err != nil || result == true || strings.EqualFold(expr.Text(result), "true")
}

// statuses are answers of a backend of every kind.
var statuses = []int{200, 201, 204, 302, 400, 401, 403, 404, 429, 500}

// neverCounts reports whether a counter is only looked at.
func (v visit) neverCounts() bool {
	return !slices.ContainsFunc(statuses, v.counts)
}

// countsSuccess reports whether it counts what went well.
func (v visit) countsSuccess() bool { return v.counts(http.StatusNoContent) || v.counts(http.StatusOK) }

// doubtful is why a counter's condition is not understood, if it is not.
func (v visit) doubtful() *unknown {
	text, _ := attr(v.node, "increment-condition")
	_, err := v.value(text, http.StatusNoContent)
	u, _ := err.(*unknown)
	return u
}

func (v visit) value(text string, status int) (any, error) {
	if !policyxml.IsExpression(text) {
		return text, nil
	}
	ctx := *v.ctx
	ctx.Response = &expr.Response{StatusCode: status, Header: http.Header{}}
	return compute(v.statement, "an expression", text, &ctx)
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
		if !v.revocation() {
			continue
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
			if isCounter(n) && l.options.Tier == Consumption {
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
		if v.isCounter() && v.role == record {
			l.suffices(v)
			l.waits(v)
		}
	}
	for _, r := range l.runs {
		stored := map[*policyxml.Node]bool{}
		for _, v := range r.visits {
			stored[v.node] = v.isStore() && v.role == record && v.asked
		}
		for _, v := range simulate(*r.path, l.samples.plain, healthy, http.StatusInternalServerError).visits {
			if stored[v.node] {
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
