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

func (v visit) isStore() bool { return v.node.Name == "cache-store-value" && !v.fixedKey }

func (v visit) isLookup() bool { return v.node.Name == "cache-lookup-value" && !v.fixedKey }

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
	p, err := expr.Compile(text)
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
	for _, v := range l.visits() {
		if v.node.Name != "rate-limit-by-key" {
			continue
		}
		period, ok := v.number("renewal-period", 0)
		if most := int(counter.MaxPeriod.Seconds()); ok && period > most {
			l.found(LongPeriod, v.document, v.node, "renewal-period is %d s", period)
		}
		first, again := seen[v.key]
		if !again {
			seen[v.key] = v
			continue
		}
		l.compare(first, v)
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

func (l *linter) tier() {
	for _, v := range l.visits() {
		if v.isCounter() && l.options.Tier == Consumption {
			l.found(NoCounters, v.document, v.node, "%s is not allowed in the Consumption tier", v.node.Name)
		}
	}
}

// increments finds records that may not suffice, and records of logouts that
// failed.
func (l *linter) increments() {
	for _, v := range l.visits() {
		if !v.isCounter() || !v.records(http.StatusNoContent) && !v.records(http.StatusOK) {
			continue
		}
		calls, known := v.number("calls", 0)
		count, counted := v.number("increment-count", 1)
		if v.postponed() && known && counted && count <= calls {
			l.found(SingleIncrement, v.document, v.node, "the logout counts %d against calls %d, at the end of outbound", count, calls)
		}
		if !v.postponed() || v.counts(http.StatusInternalServerError) {
			l.found(FailedLogout, v.document, v.node, "a logout that the backend answers with 500 is counted as well")
		}
	}
	for _, v := range l.visitsWith(http.StatusInternalServerError) {
		if v.isStore() {
			l.found(FailedLogout, v.document, v.node, "a logout that the backend answers with 500 is stored as well")
		}
	}
}

// visits are what the plain sample reaches on all paths.
func (l *linter) visits() []visit { return l.visitsWith(http.StatusNoContent) }

func (l *linter) visitsWith(status int) []visit {
	var all []visit
	for _, p := range l.paths {
		visits, _ := simulate(p, newSamples(l.options.TokenLifetime).plain, notRevoked, status)
		all = append(all, visits...)
	}
	return all
}
