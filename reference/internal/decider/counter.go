package decider

import (
	"cmp"
	"time"
	"unsafe"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/clock"
)

// Counting is what the policies of API Management state: a logout counts
// Increment against the token's counter, and a call is refused while that is at
// its limit. The zero value is the published recipe.
type Counting struct {
	Calls     int           // default 1
	Period    time.Duration // default 60 s
	Increment int           // default 1
	Bucket    bool          // count as v2 tiers do
	Over      bool          // refuse when the count is over the limit, not at it
	// Sync is how long a count takes to another region; 0 if it never gets there.
	Sync time.Duration
}

// Counter decides as those policies do, by their counters.
type Counter struct {
	clock     clock.Clock
	leeway    time.Duration
	counters  *counter.Counters
	limit     counter.Limit
	threshold counter.Threshold
	increment int
	regions   int
	reads     uint64
	writes    uint64
	key       [16]byte
}

// NewCounter makes the counters of so many regions.
func NewCounter(c Counting, regions int, leeway time.Duration, at clock.Clock) *Counter {
	algorithm, threshold := counter.SlidingWindow, counter.AtLimit
	if c.Bucket {
		algorithm = counter.TokenBucket
	}
	if c.Over {
		threshold = counter.OverLimit
	}
	regions = max(regions, 1)
	return &Counter{
		clock: at, leeway: leeway, regions: regions,
		counters:  counter.New(algorithm, regions, counter.Sync{Enabled: c.Sync > 0, Delay: c.Sync}, at),
		limit:     counter.Limit{Calls: cmp.Or(c.Calls, 1), Period: cmp.Or(c.Period, time.Minute)},
		threshold: threshold, increment: cmp.Or(c.Increment, 1),
	}
}

// Issue records nothing.
func (*Counter) Issue(int, *Ticket) error { return nil }

// Check looks at the token's counter in the region, and counts nothing.
func (c *Counter) Check(region int, t *Ticket) (bool, error) {
	if !c.clock.Now().Before(time.Unix(t.Expires, 0).Add(c.leeway)) {
		return false, nil
	}
	c.reads++
	c.key = t.Key
	_, over := c.counters.Check(region, unsafe.String(&c.key[0], len(c.key)), c.limit, c.threshold)
	return !over, nil
}

// End counts the logout in the region where it is made. One that is refused there,
// because the token is over its limit already, counts nothing.
func (c *Counter) End(region int, t *Ticket) error {
	key := string(t.Key[:])
	if _, over := c.counters.Check(region, key, c.limit, c.threshold); !over {
		c.writes++
		c.counters.Add(region, key, c.limit, c.increment)
	}
	return nil
}

// Restart empties the counters of a region.
func (c *Counter) Restart(region int) { c.counters.Forget(region) }

// Entries is how many counters there are in all regions.
func (c *Counter) Entries() (n int) {
	for region := range c.regions {
		n += c.counters.Keys(region)
	}
	return n
}

// Uses is how often a counter was read, and how often one was changed.
func (c *Counter) Uses() (reads, writes uint64) { return c.reads, c.writes }

// Notes is 0: what is on its way to another region is the counters' own.
func (*Counter) Notes() int { return 0 }

// Break does nothing: there is no store.
func (*Counter) Break() {}

// Mend does nothing.
func (*Counter) Mend() {}

// Forget does nothing.
func (*Counter) Forget() {}

// FailOver does nothing.
func (*Counter) FailOver(time.Duration) {}
