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
	gateways []map[QuotaName]*quota
	pending  [][]quotaCount
}

// QuotaName names one counter: a key, with the windows it is counted in, since
// API Management's own list of quota counters has an entry for each period.
type QuotaName struct {
	key    string
	period time.Duration
	anchor int64
}

// Name names the counter of a key.
func (l Quota) Name(key string) QuotaName { return QuotaName{key, l.Period, l.Anchor.Unix()} }

// quotaCount is an increment on its way to another gateway.
type quotaCount struct {
	due    time.Time
	name   QuotaName
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
		q.gateways = append(q.gateways, map[QuotaName]*quota{})
	}
	return q
}

// Check reports whether a key has used up its quota, and if so how long until
// it is replenished; a wait of 0 is for ever. What the request itself has
// counted before is own, and not held against it.
func (q *Quotas) Check(gateway int, key string, l Quota, t Threshold, own int) (time.Duration, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.check(gateway, key, l, t, own)
}

// Take checks and, unless the quota is used up, adds n, in one step.
func (q *Quotas) Take(gateway int, key string, l Quota, n int) (time.Duration, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	wait, over := q.check(gateway, key, l, AtLimit, 0)
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

func (q *Quotas) check(gateway int, key string, l Quota, t Threshold, own int) (time.Duration, bool) {
	now := q.receive(gateway)
	entry, ok := q.gateways[gateway][l.Name(key)]
	if !ok || entry.window != l.window(now) {
		return 0, false
	}
	if used := entry.n - own; used < l.Calls || t == OverLimit && used == l.Calls {
		return 0, false
	}
	return l.untilNext(now), true
}

func (q *Quotas) add(gateway int, key string, l Quota, n int) {
	if n < 1 {
		return
	}
	now := q.receive(gateway)
	q.count(gateway, l.Name(key), l.window(now), n)
	for other := range q.gateways {
		if q.sync.Enabled && other != gateway {
			q.pending[other] = append(q.pending[other], quotaCount{now.Add(q.sync.Delay), l.Name(key), l.window(now), n})
		}
	}
}

func (q *Quotas) count(gateway int, name QuotaName, window int64, n int) {
	entry, ok := q.gateways[gateway][name]
	if !ok || entry.window != window {
		q.sweep(gateway)
		entry = &quota{window: window}
		q.gateways[gateway][name] = entry
	}
	entry.n += n
}

// quotaLooks is how many counters are looked at for each new one.
const quotaLooks = 8

// sweep drops some counters whose window is over, so that those of keys which
// never come back do not stay for ever. Which ones, the order of a map decides.
func (q *Quotas) sweep(gateway int) {
	now, left := q.clock.Now(), quotaLooks
	for name, entry := range q.gateways[gateway] {
		if entry.window < name.window(now) {
			delete(q.gateways[gateway], name)
		}
		if left--; left == 0 {
			return
		}
	}
}

// window is the number of the window that a time falls into.
func (n QuotaName) window(now time.Time) int64 {
	return Quota{Limit: Limit{Period: n.period}, Anchor: time.Unix(n.anchor, 0)}.window(now)
}

func (q *Quotas) receive(gateway int) time.Time {
	now := q.clock.Now()
	queue := q.pending[gateway]
	for len(queue) > 0 && !queue[0].due.After(now) {
		p := queue[0]
		q.count(gateway, p.name, p.window, p.n)
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
