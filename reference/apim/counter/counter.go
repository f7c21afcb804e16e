// Package counter counts calls as API Management's rate-limit-by-key and
// quota-by-key do: one counter for each key value, kept by each gateway for
// itself.
//
// Documented: classic tiers count in a sliding window, v2 tiers with a token
// bucket; a gateway does not see what another counts, unless it is a
// self-hosted one whose instances are set to synchronise. Not documented, and
// said where it is decided: how a bucket takes a count above its capacity.
package counter

import (
	"math"
	"sync"
	"time"
)

// MaxPeriod is the longest renewal-period of rate-limit-by-key: 300 s.
const MaxPeriod = 300 * time.Second

// Limit is what a policy states: so many calls in each period.
type Limit struct {
	Calls  int
	Period time.Duration
}

// Threshold says when a counter refuses. The documentation leaves open which
// of the two APIM applies to a policy that does not count at once.
type Threshold int

// The thresholds. The zero value is the one that other emulators take.
const (
	AtLimit   Threshold = iota // refuse when count >= calls
	OverLimit                  // refuse when count > calls
)

// Algorithm is how a gateway counts.
type Algorithm int

// The algorithms.
const (
	SlidingWindow Algorithm = iota // classic tiers
	TokenBucket                    // v2 tiers
)

// Sync says whether gateways tell each other what they counted. The zero value
// is what APIM's managed gateways do: they do not.
type Sync struct {
	Enabled bool
	Delay   time.Duration // until a count is seen elsewhere
}

// Clock tells the time.
type Clock interface{ Now() time.Time }

// meter is one counter of one gateway.
type meter interface {
	// used is how much of the limit is taken, in calls.
	used(now time.Time, l Limit) float64
	add(now time.Time, l Limit, n int)
	// wait is the time until used has fallen to what is wanted.
	wait(now time.Time, l Limit, want float64) time.Duration
	// idle reports that the meter holds nothing that still counts.
	idle(now time.Time) bool
}

// Counters are the counters of all gateways of a service. They are safe for
// concurrent use.
type Counters struct {
	mu       sync.Mutex
	clock    Clock
	sync     Sync
	fresh    func() meter
	gateways []gateway
	pending  [][]count // for each gateway, in the order in which they fall due
}

// count is an increment on its way to another gateway.
type count struct {
	due, at time.Time
	key     string
	limit   Limit
	n       int
}

// New returns the counters of so many gateways, which must be at least one.
func New(a Algorithm, gateways int, s Sync, c Clock) *Counters {
	cs := &Counters{clock: c, sync: s, fresh: func() meter { return &window{} }, pending: make([][]count, gateways)}
	if a == TokenBucket {
		cs.fresh = func() meter { return &bucket{} }
	}
	for range gateways {
		cs.gateways = append(cs.gateways, gateway{meters: map[string]meter{}})
	}
	return cs
}

// Check reports whether a key is over its limit at a gateway, and if so how
// long until it is not. It counts nothing.
func (c *Counters) Check(gateway int, key string, l Limit, t Threshold) (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.check(gateway, key, l, t)
}

// Take checks and, unless the key is over its limit, adds n, in one step. The
// threshold is AtLimit: that a call is refused when the limit is reached is
// documented where nothing is postponed.
func (c *Counters) Take(gateway int, key string, l Limit, n int) (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	wait, over := c.check(gateway, key, l, AtLimit)
	if !over {
		c.add(gateway, key, l, n)
	}
	return wait, over
}

// Add adds n calls to a key. Fewer than one are none.
func (c *Counters) Add(gateway int, key string, l Limit, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.add(gateway, key, l, n)
}

// Remaining is how many calls a key has left at a gateway.
func (c *Counters) Remaining(gateway int, key string, l Limit) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.receive()
	m, ok := c.gateways[gateway].meters[key]
	if !ok {
		return l.Calls
	}
	// A call of which a bucket has refilled a part only is not left.
	const rounding = 1e-9
	return max(0, l.Calls-int(math.Ceil(m.used(now, l)-rounding)))
}

// Forget empties the counters of one gateway, as a restart does.
func (c *Counters) Forget(gateway int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gateways[gateway].forget()
}

// Keys is how many counters a gateway holds.
func (c *Counters) Keys(gateway int) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.gateways[gateway].meters)
}

func (c *Counters) check(gateway int, key string, l Limit, t Threshold) (time.Duration, bool) {
	now := c.receive()
	m, ok := c.gateways[gateway].meters[key]
	if !ok {
		return 0, false
	}
	// A bucket holds fractions of a call: it refuses when less than a whole
	// one is left.
	most := float64(l.Calls - 1)
	if t == OverLimit {
		most = float64(l.Calls)
	}
	if m.used(now, l) <= most {
		return 0, false
	}
	return m.wait(now, l, most), true
}

func (c *Counters) add(gateway int, key string, l Limit, n int) {
	if n < 1 {
		return
	}
	now := c.receive()
	c.meter(gateway, key).add(now, l, n)
	if !c.sync.Enabled {
		return
	}
	for other := range c.gateways {
		if other != gateway {
			c.pending[other] = append(c.pending[other], count{now.Add(c.sync.Delay), now, key, l, n})
		}
	}
}

func (c *Counters) meter(gateway int, key string) meter {
	return c.gateways[gateway].meter(key, c.fresh)
}

// receive takes in the counts of other gateways that have arrived by now. It
// does so for every gateway, since one that nobody calls must not keep them all.
func (c *Counters) receive() time.Time {
	now := c.clock.Now()
	for gateway := range c.gateways {
		c.deliver(gateway, now)
		c.gateways[gateway].lookOver(now)
	}
	return now
}

func (c *Counters) deliver(gateway int, now time.Time) {
	queue := c.pending[gateway]
	for len(queue) > 0 && !queue[0].due.After(now) {
		p := queue[0]
		c.meter(gateway, p.key).add(p.at, p.limit, p.n)
		queue = queue[1:]
	}
	c.pending[gateway] = queue
}
