package limit

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/expr"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// quotaByKey is quota-by-key, with calls; bandwidth is not supported.
type quotaByKey struct {
	quota counter.Quota
	key   policy.Value
	increment
}

// minQuotaPeriod is APIM's own bound; 0 is an infinite period.
const minQuotaPeriod = 300

// LoadQuota loads quota-by-key.
func LoadQuota(e *policy.Element) policy.Policy {
	e.Empty()
	forbidInConsumption(e)
	p := &quotaByKey{key: e.RequiredValue("counter-key"), increment: loadIncrement(e)}
	calls, period := literalInteger(e, "calls"), literalInteger(e, "renewal-period")
	if a, ok := e.Attr("calls"); ok && calls < 1 {
		e.FailAttr(a, policy.CodeInvalid, "a quota has at least one call")
	}
	if a, ok := e.Attr("renewal-period"); ok && period != 0 && period < minQuotaPeriod {
		e.FailAttr(a, policy.CodePeriod, "%d s is less than the %d s that APIM allows; 0 is infinite", period, minQuotaPeriod)
	}
	p.quota = counter.Quota{Limit: counter.Limit{Calls: calls, Period: time.Duration(period) * time.Second}, Anchor: anchor(e)}
	return p
}

func literalInteger(e *policy.Element, name string) int {
	a, ok := e.Required(name)
	if !ok {
		return 0
	}
	n, err := strconv.ParseInt(a.Value, 10, 32)
	if err != nil {
		e.FailAttr(a, policy.CodeInvalid, "%q is not a whole number; an expression is not allowed here", a.Value)
	}
	return int(n)
}

// anchor is first-period-start, by default the year 1.
func anchor(e *policy.Element) time.Time {
	text := e.Fixed("first-period-start", "0001-01-01T00:00:00Z")
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		a, _ := e.Attr("first-period-start")
		e.FailAttr(a, policy.CodeInvalid, "%q is not a time such as 2026-01-31T00:00:00Z", text)
	}
	return t
}

func (p *quotaByKey) Run(x *policy.Exchange) error {
	key, err := counterKey(x, p.key, "quota-by-key")
	if err != nil {
		return err
	}
	wait, over, err := p.judge(x, key)
	if err != nil || !over {
		return err
	}
	return p.refuse(wait)
}

// judge is as that of a rate limit, but a request counts once on a counter,
// however many policies would count it, and is not refused for its own count.
// That an expression postpones the increment is documented for
// rate-limit-by-key, and assumed here.
func (p *quotaByKey) judge(x *policy.Exchange, key string) (time.Duration, bool, error) {
	quotas, name, threshold := x.Gateway.Quotas, p.quota.Name(key), x.Gateway.Threshold
	if p.postpones() {
		x.Postpone(func() error {
			n, err := p.amount(x)
			if err == nil {
				quotas.Add(x.Gateway.Region, key, p.quota, once(x, name, n))
			}
			return err
		})
		wait, over := quotas.Check(x.Gateway.Region, key, p.quota, threshold, x.Quotas[name])
		return wait, over, nil
	}
	n, err := p.amount(x)
	if err != nil {
		return 0, false, err
	}
	if own := x.Quotas[name]; n < 1 || own > 0 {
		wait, over := quotas.Check(x.Gateway.Region, key, p.quota, lookThreshold(n, threshold), own)
		return wait, over, nil
	}
	wait, over := quotas.Take(x.Gateway.Region, key, p.quota, n)
	if !over {
		once(x, name, n)
	}
	return wait, over, nil
}

// once is n, or 0 when this request has counted before.
func once(x *policy.Exchange, name counter.QuotaName, n int) int {
	if n < 1 || x.Quotas[name] > 0 {
		return 0
	}
	x.Quotas[name] = n
	return n
}

func (p *quotaByKey) refuse(wait time.Duration) error {
	body, header := "Out of call volume quota.", http.Header{}
	if p.quota.Period != counter.Infinite {
		seconds := int(math.Ceil(wait.Seconds()))
		body += " Quota will be replenished in " + replenished(seconds) + "."
		header.Set("Retry-After", strconv.Itoa(seconds))
	}
	return &policy.Fault{
		Status: http.StatusForbidden, Body: body, Header: header,
		LastError: expr.LastError{Source: "quota-by-key", Reason: "QuotaExceeded", Message: body},
	}
}

// replenished is .NET's TimeSpan format, [days.]hours:minutes:seconds.
func replenished(seconds int) string {
	days := ""
	if seconds >= 86400 {
		days = fmt.Sprintf("%d.", seconds/86400)
	}
	return fmt.Sprintf("%s%02d:%02d:%02d", days, seconds/3600%24, seconds/60%60, seconds%60)
}
