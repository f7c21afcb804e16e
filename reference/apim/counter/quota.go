package counter

import (
	"sync"
	"time"
)

// Infinite is the period of a quota that is never replenished.
const Infinite time.Duration = 0

// Quotas are the counters of quota-by-key: fixed windows that begin at an
// instant which the policy states, not at the first call. They outlive a
// restart of a gateway, since APIM keeps them as data of the service. That
// they are kept by each gateway for itself is assumed, as for rate limits: the
// documentation does not say.
type Quotas struct {
	mu       sync.Mutex
	clock    Clock
	sync     Sync
	gateways []map[string]*quota
	pending  [][]quotaCount
}

// quotaCount is an increment on its way to another gateway.
type quotaCount struct {
	due    time.Time
	key    string
	window int64
	n      int
}

// quota is one counter; it counts for one window at a time.
type quota struct {
	window int64
	n      int
}

// Quota is what a policy states. Anchor is its first-period-start.
type Quota struct {
	Limit
	Anchor time.Time
}

// NewQuotas returns the quotas of so many gateways.
func NewQuotas(gateways int, s Sync, c Clock) *Quotas {
	q := &Quotas{clock: c, sync: s, pending: make([][]quotaCount, gateways)}
	for range gateways {
		q.gateways = append(q.gateways, map[string]*quota{})
	}
	return q
}

// Check reports whether a key has used up its quota, and if so how long until
// it is replenished; a wait of 0 is for ever.
func (q *Quotas) Check(gateway int, key string, l Quota, t Threshold) (time.Duration, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.check(gateway, key, l, t)
}

// Take checks and, unless the quota is used up, adds n, in one step.
func (q *Quotas) Take(gateway int, key string, l Quota, n int) (time.Duration, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	wait, over := q.check(gateway, key, l, AtLimit)
	if !over {
		q.add(gateway, key, l, n)
	}
	return wait, over
}

// Add adds n calls to a key. Fewer than one are none.
func (q *Quotas) Add(gateway int, key string, l Quota, n int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.add(gateway, key, l, n)
}

func (q *Quotas) check(gateway int, key string, l Quota, t Threshold) (time.Duration, bool) {
	now := q.receive(gateway)
	entry, ok := q.gateways[gateway][key]
	if !ok || entry.window != l.window(now) {
		return 0, false
	}
	if entry.n < l.Calls || t == OverLimit && entry.n == l.Calls {
		return 0, false
	}
	return l.untilNext(now), true
}

func (q *Quotas) add(gateway int, key string, l Quota, n int) {
	if n < 1 {
		return
	}
	now := q.receive(gateway)
	q.count(gateway, key, l.window(now), n)
	for other := range q.gateways {
		if q.sync.Enabled && other != gateway {
			q.pending[other] = append(q.pending[other], quotaCount{now.Add(q.sync.Delay), key, l.window(now), n})
		}
	}
}

func (q *Quotas) count(gateway int, key string, window int64, n int) {
	entry, ok := q.gateways[gateway][key]
	if !ok || entry.window != window {
		entry = &quota{window: window}
		q.gateways[gateway][key] = entry
	}
	entry.n += n
}

func (q *Quotas) receive(gateway int) time.Time {
	now := q.clock.Now()
	queue := q.pending[gateway]
	for len(queue) > 0 && !queue[0].due.After(now) {
		p := queue[0]
		q.count(gateway, p.key, p.window, p.n)
		queue = queue[1:]
	}
	q.pending[gateway] = queue
	return now
}

// window numbers the fixed windows from the anchor. It works in whole seconds,
// since the years from 0001 do not fit a Duration.
func (l Quota) window(now time.Time) int64 {
	if l.Period == Infinite {
		return 0
	}
	since, period := now.Unix()-l.Anchor.Unix(), int64(l.Period/time.Second)
	if since < 0 {
		return -1
	}
	return since / period
}

func (l Quota) untilNext(now time.Time) time.Duration {
	if l.Period == Infinite {
		return 0
	}
	period := int64(l.Period / time.Second)
	next := l.Anchor.Unix() + (l.window(now)+1)*period
	return time.Unix(next, 0).Sub(now)
}
