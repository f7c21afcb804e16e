package apim

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/expr"
)

// quotaByKey is quota-by-key, with calls; bandwidth is not supported.
type quotaByKey struct {
	quota counter.Quota
	key   value
	increment
}

// minQuotaPeriod is APIM's own bound; 0 is an infinite period.
const minQuotaPeriod = 300

func loadQuota(e *element) policy {
	e.empty()
	forbidInConsumption(e)
	p := &quotaByKey{key: e.requiredText("counter-key"), increment: loadIncrement(e)}
	calls, period := literalInteger(e, "calls"), literalInteger(e, "renewal-period")
	if a, ok := e.attr("calls"); ok && calls < 1 {
		e.failAttr(a, CodeInvalid, "a quota has at least one call")
	}
	if a, ok := e.attr("renewal-period"); ok && period != 0 && period < minQuotaPeriod {
		e.failAttr(a, CodePeriod, "%d s is less than the %d s that APIM allows; 0 is infinite", period, minQuotaPeriod)
	}
	p.quota = counter.Quota{Limit: counter.Limit{Calls: calls, Period: time.Duration(period) * time.Second}, Anchor: anchor(e)}
	return p
}

func literalInteger(e *element, name string) int {
	a, ok := e.required(name)
	if !ok {
		return 0
	}
	n, err := strconv.ParseInt(a.Value, 10, 32)
	if err != nil {
		e.failAttr(a, CodeInvalid, "%q is not a whole number; an expression is not allowed here", a.Value)
	}
	return int(n)
}

// anchor is first-period-start, by default the year 1.
func anchor(e *element) time.Time {
	text := e.fixed("first-period-start", "0001-01-01T00:00:00Z")
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		a, _ := e.attr("first-period-start")
		e.failAttr(a, CodeInvalid, "%q is not a time such as 2026-01-31T00:00:00Z", text)
	}
	return t
}

func (p *quotaByKey) run(x *exchange) error {
	key, err := p.key.text(x)
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
func (p *quotaByKey) judge(x *exchange, key string) (time.Duration, bool, error) {
	quotas, name, threshold := x.svc.quotas, p.quota.Name(key), x.svc.options.Threshold
	if p.postpones() {
		x.postponed = append(x.postponed, func() error {
			n, err := p.amount(x)
			if err == nil {
				quotas.Add(x.region, key, p.quota, x.once(name, n))
			}
			return err
		})
		wait, over := quotas.Check(x.region, key, p.quota, threshold, x.quotas[name])
		return wait, over, nil
	}
	n, err := p.amount(x)
	if err != nil {
		return 0, false, err
	}
	if own := x.quotas[name]; n < 1 || own > 0 {
		wait, over := quotas.Check(x.region, key, p.quota, lookThreshold(n, threshold), own)
		return wait, over, nil
	}
	wait, over := quotas.Take(x.region, key, p.quota, n)
	if !over {
		x.once(name, n)
	}
	return wait, over, nil
}

// once is n, or 0 when this request has counted before.
func (x *exchange) once(name counter.QuotaName, n int) int {
	if n < 1 || x.quotas[name] > 0 {
		return 0
	}
	x.quotas[name] = n
	return n
}

func (p *quotaByKey) refuse(wait time.Duration) error {
	body, header := "Out of call volume quota.", http.Header{}
	if p.quota.Period != counter.Infinite {
		seconds := int(math.Ceil(wait.Seconds()))
		body += " Quota will be replenished in " + replenished(seconds) + "."
		header.Set("Retry-After", strconv.Itoa(seconds))
	}
	return &fault{
		status: http.StatusForbidden, body: body, header: header,
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
