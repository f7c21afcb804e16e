package limit

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// rateLimit is rate-limit-by-key.
type rateLimit struct {
	calls, period, key policy.Value
	increment
	retryAfterHeader, retryAfterVariable string
	remainingHeader, remainingVariable   string
	totalHeader                          string
}

// LoadRateLimit loads rate-limit-by-key.
func LoadRateLimit(e *policy.Element) policy.Policy {
	e.Empty()
	forbidInConsumption(e)
	p := &rateLimit{
		calls: e.Integer("calls", 0), period: e.Integer("renewal-period", 0), key: e.RequiredValue("counter-key"),
		increment:          loadIncrement(e),
		retryAfterHeader:   e.Fixed("retry-after-header-name", "Retry-After"),
		retryAfterVariable: e.Fixed("retry-after-variable-name", ""),
		remainingHeader:    e.Fixed("remaining-calls-header-name", ""),
		remainingVariable:  e.Fixed("remaining-calls-variable-name", ""),
		totalHeader:        e.Fixed("total-calls-header-name", ""),
	}
	positive(e, "calls", p.calls, math.MaxInt32)
	positive(e, "renewal-period", p.period, int(counter.MaxPeriod/time.Second))
	return p
}

// forbidInConsumption refuses what that tier does not have, in APIM's words.
func forbidInConsumption(e *policy.Element) {
	if e.Facts().Tier == policy.Consumption {
		e.Fail(policy.CodeTier, "Policy is not allowed in 'Consumption' sku")
	}
}

// positive refuses a missing number, and a literal one outside 1 to most.
func positive(e *policy.Element, name string, v policy.Value, most int) {
	a, ok := e.Required(name)
	n, err := strconv.Atoi(strings.TrimSpace(a.Value))
	switch {
	case !ok || err != nil || v.IsExpression():
	case n > most && name == "renewal-period":
		e.FailAttr(a, policy.CodePeriod, "%d s is more than the %d s that APIM allows", n, most)
	case n < 1 || n > most:
		e.FailAttr(a, policy.CodeInvalid, "%d is not between 1 and %d", n, most)
	}
}

func (p *rateLimit) Run(x *policy.Exchange) error {
	key, err := counterKey(x, p.key, "rate-limit-by-key")
	if err != nil {
		return err
	}
	l, err := p.limit(x)
	if err != nil {
		return err
	}
	answerAlways(x, p.totalHeader, strconv.Itoa(l.Calls))
	wait, over, err := p.judge(x, key, l)
	if err != nil {
		return err
	}
	if over {
		return p.refuse(x, wait)
	}
	report(x, p.remainingHeader, p.remainingVariable, x.Gateway.Counters.Remaining(x.Gateway.Region, key, l))
	return nil
}

func (p *rateLimit) limit(x *policy.Exchange) (counter.Limit, error) {
	calls, err := p.calls.Integer(x)
	if err != nil {
		return counter.Limit{}, err
	}
	seconds, err := p.period.Integer(x)
	if err != nil {
		return counter.Limit{}, err
	}
	l := counter.Limit{Calls: calls, Period: time.Duration(seconds) * time.Second}
	if calls < 1 || l.Period < time.Second || l.Period > counter.MaxPeriod {
		return l, policy.Internal("rate-limit-by-key", "ExpressionValueEvaluationFailure",
			fmt.Errorf("calls %d or renewal-period %d is out of range", calls, seconds))
	}
	return l, nil
}

// judge checks the limit and counts. With literals both are one step, unless
// they say that nothing is counted. With an expression the check is made now,
// and the condition and the increment at the end of outbound, to be seen by
// the next call: usage notes of rate-limit-by-key.
func (p *rateLimit) judge(x *policy.Exchange, key string, l counter.Limit) (time.Duration, bool, error) {
	counters := x.Gateway.Counters
	if !p.postpones() {
		n, err := p.amount(x)
		if err != nil {
			return 0, false, err
		}
		if n < 1 {
			wait, over := counters.Check(x.Gateway.Region, key, l, x.Gateway.Threshold)
			return wait, over, nil
		}
		wait, over := counters.Take(x.Gateway.Region, key, l, n)
		return wait, over, nil
	}
	wait, over := counters.Check(x.Gateway.Region, key, l, x.Gateway.Threshold)
	x.Postpone(func() error {
		n, err := p.amount(x)
		counters.Add(x.Gateway.Region, key, l, n)
		return err
	})
	return wait, over, nil
}

func (p *rateLimit) refuse(x *policy.Exchange, wait time.Duration) error {
	seconds := max(1, int(math.Ceil(wait.Seconds())))
	if p.retryAfterVariable != "" {
		x.Context.Variables[p.retryAfterVariable] = int32(seconds)
	}
	return &policy.Fault{
		Status:    http.StatusTooManyRequests,
		Body:      fmt.Sprintf("Rate limit is exceeded. Try again in %d seconds.", seconds),
		Header:    http.Header{http.CanonicalHeaderKey(p.retryAfterHeader): {strconv.Itoa(seconds)}},
		LastError: expr.LastError{Source: "rate-limit-by-key", Reason: "RateLimitExceeded", Message: "Rate limit is exceeded"},
	}
}

// answerAlways adds a header to the answer, if it has a name.
func answerAlways(x *policy.Exchange, name, value string) {
	if name != "" {
		x.Always.Set(name, value)
	}
}

// report tells how many calls are left, in a header and in a variable.
func report(x *policy.Exchange, header, variable string, n int) {
	answerAlways(x, header, strconv.Itoa(n))
	if variable != "" {
		x.Context.Variables[variable] = int32(n)
	}
}
