package limit

import (
	"errors"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/policy"
)

// ofSubscription is rate-limit or quota: a counter by key whose key is the
// subscription, of a name that no other policy has. A call without a
// subscription counts as one of its own.
type ofSubscription struct {
	name  string
	limit func(x *policy.Exchange, key string) error
}

func (p *ofSubscription) Run(x *policy.Exchange) error {
	key := p.name + "|"
	if s := x.Context.Subscription; s != nil {
		key += s.ID
	}
	return p.limit(x, key)
}

// LoadSubscriptionRate loads rate-limit.
func LoadSubscriptionRate(e *policy.Element) policy.Policy {
	e.Empty()
	by := &rateLimit{
		calls: e.Integer("calls", 0), period: e.Integer("renewal-period", 0), increment: always,
		retryAfterHeader:   e.Fixed("retry-after-header-name", "Retry-After"),
		retryAfterVariable: e.Fixed("retry-after-variable-name", ""),
		remainingHeader:    e.Fixed("remaining-calls-header-name", ""),
		remainingVariable:  e.Fixed("remaining-calls-variable-name", ""),
		totalHeader:        e.Fixed("total-calls-header-name", ""),
	}
	positive(e, "calls", by.calls, 1<<31-1)
	positive(e, "renewal-period", by.period, int(counter.MaxPeriod/time.Second))
	return &ofSubscription{e.Place(), func(x *policy.Exchange, key string) error {
		own := *by
		own.key = policy.Value{Literal: key}
		return renamed(own.Run(x), "rate-limit")
	}}
}

// LoadSubscriptionQuota loads quota, with calls; bandwidth is not supported.
func LoadSubscriptionQuota(e *policy.Element) policy.Policy {
	e.Empty()
	calls, period := literalInteger(e, "calls"), literalInteger(e, "renewal-period")
	by := &quotaByKey{increment: always, quota: counter.Quota{Limit: counter.Limit{Calls: calls, Period: time.Duration(period) * time.Second}}}
	return &ofSubscription{e.Place(), func(x *policy.Exchange, key string) error {
		own := *by
		own.key = policy.Value{Literal: key}
		return renamed(own.Run(x), "quota")
	}}
}

// always counts each call once.
var always = increment{condition: policy.Value{Literal: true}, count: policy.Value{Literal: 1}}

// renamed gives a refusal the name of its policy.
func renamed(err error, source string) error {
	var f *policy.Fault
	if errors.As(err, &f) && f.Status != http.StatusInternalServerError {
		f.Source = source
	}
	return err
}
