package apim

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/expr"
)

// rateLimit is rate-limit-by-key.
type rateLimit struct {
	calls, period, key value
	increment
	retryAfterHeader, retryAfterVariable string
	remainingHeader, remainingVariable   string
	totalHeader                          string
}

func loadRateLimit(e *element) policy {
	e.empty()
	forbidInConsumption(e)
	p := &rateLimit{
		calls: e.integer("calls", 0), period: e.integer("renewal-period", 0), key: e.requiredText("counter-key"),
		increment:          loadIncrement(e),
		retryAfterHeader:   e.fixed("retry-after-header-name", "Retry-After"),
		retryAfterVariable: e.fixed("retry-after-variable-name", ""),
		remainingHeader:    e.fixed("remaining-calls-header-name", ""),
		remainingVariable:  e.fixed("remaining-calls-variable-name", ""),
		totalHeader:        e.fixed("total-calls-header-name", ""),
	}
	positive(e, "calls", p.calls, math.MaxInt32)
	positive(e, "renewal-period", p.period, int(counter.MaxPeriod/time.Second))
	return p
}

// forbidInConsumption refuses what that tier does not have, in APIM's words.
func forbidInConsumption(e *element) {
	if e.l.options.Tier == Consumption {
		e.fail(CodeTier, "Policy is not allowed in 'Consumption' sku")
	}
}

// positive refuses a missing number, and a literal one outside 1 to most.
func positive(e *element, name string, v value, most int) {
	a, ok := e.required(name)
	n, err := strconv.Atoi(strings.TrimSpace(a.Value))
	switch {
	case !ok || err != nil || v.isExpression():
	case n > most && name == "renewal-period":
		e.failAttr(a, CodePeriod, "%d s is more than the %d s that APIM allows", n, most)
	case n < 1 || n > most:
		e.failAttr(a, CodeInvalid, "%d is not between 1 and %d", n, most)
	}
}

func (p *rateLimit) run(x *exchange) error {
	key, err := p.key.text(x)
	if err != nil {
		return err
	}
	l, err := p.limit(x)
	if err != nil {
		return err
	}
	x.answerAlways(p.totalHeader, strconv.Itoa(l.Calls))
	wait, over, err := p.judge(x, key, l)
	if err != nil {
		return err
	}
	if over {
		return p.refuse(x, wait)
	}
	x.report(p.remainingHeader, p.remainingVariable, x.svc.counters.Remaining(x.region, key, l))
	return nil
}

func (p *rateLimit) limit(x *exchange) (counter.Limit, error) {
	calls, err := p.calls.integer(x)
	if err != nil {
		return counter.Limit{}, err
	}
	seconds, err := p.period.integer(x)
	if err != nil {
		return counter.Limit{}, err
	}
	l := counter.Limit{Calls: calls, Period: time.Duration(seconds) * time.Second}
	if calls < 1 || l.Period < time.Second || l.Period > counter.MaxPeriod {
		return l, internal("rate-limit-by-key", "ExpressionValueEvaluationFailure",
			fmt.Errorf("calls %d or renewal-period %d is out of range", calls, seconds))
	}
	return l, nil
}

// judge checks the limit and counts. With literals both are one step, unless
// they say that nothing is counted. With an expression the check is made now,
// and the condition and the increment at the end of outbound, to be seen by
// the next call: usage notes of rate-limit-by-key.
func (p *rateLimit) judge(x *exchange, key string, l counter.Limit) (time.Duration, bool, error) {
	counters := x.svc.counters
	if !p.postpones() {
		n, err := p.amount(x)
		if err != nil {
			return 0, false, err
		}
		if n < 1 {
			wait, over := counters.Check(x.region, key, l, x.svc.options.Threshold)
			return wait, over, nil
		}
		wait, over := counters.Take(x.region, key, l, n)
		return wait, over, nil
	}
	wait, over := counters.Check(x.region, key, l, x.svc.options.Threshold)
	x.postponed = append(x.postponed, func() error {
		n, err := p.amount(x)
		counters.Add(x.region, key, l, n)
		return err
	})
	return wait, over, nil
}

func (p *rateLimit) refuse(x *exchange, wait time.Duration) error {
	seconds := max(1, int(math.Ceil(wait.Seconds())))
	if p.retryAfterVariable != "" {
		x.ctx.Variables[p.retryAfterVariable] = int32(seconds)
	}
	return &fault{
		status:    http.StatusTooManyRequests,
		body:      fmt.Sprintf("Rate limit is exceeded. Try again in %d seconds.", seconds),
		header:    http.Header{http.CanonicalHeaderKey(p.retryAfterHeader): {strconv.Itoa(seconds)}},
		LastError: expr.LastError{Source: "rate-limit-by-key", Reason: "RateLimitExceeded", Message: "Rate limit is exceeded"},
	}
}

// answerAlways adds a header to the answer, if it has a name.
func (x *exchange) answerAlways(name, value string) {
	if name != "" {
		x.always.Set(name, value)
	}
}

// report tells how many calls are left, in a header and in a variable.
func (x *exchange) report(header, variable string, n int) {
	x.answerAlways(header, strconv.Itoa(n))
	if variable != "" {
		x.ctx.Variables[variable] = int32(n)
	}
}
