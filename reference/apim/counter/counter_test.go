package counter_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/revocheck/revocheck/reference/apim/counter"
)

// handClock stands still until it is moved.
type handClock struct{ now time.Time }

func (c *handClock) Now() time.Time { return c.now }

func (c *handClock) advance(d time.Duration) { c.now = c.now.Add(d) }

func newClock() *handClock { return &handClock{time.Date(2026, 1, 1, 12, 11, 36, 0, time.UTC)} }

var once = counter.Limit{Calls: 1, Period: time.Minute}

func over(c *counter.Counters, gateway int, key string, l counter.Limit, t counter.Threshold) bool {
	_, is := c.Check(gateway, key, l, t)
	return is
}

func TestWindowRefusesForOnePeriod(t *testing.T) {
	clk := newClock()
	c := counter.New(counter.SlidingWindow, 1, counter.Sync{}, clk)
	assert.False(t, over(c, 0, "k", once, counter.AtLimit))
	c.Add(0, "k", once, 1)
	clk.advance(3 * time.Second)
	wait, is := c.Check(0, "k", once, counter.AtLimit)
	assert.True(t, is)
	assert.Equal(t, 57*time.Second, wait)
	assert.False(t, over(c, 0, "other", once, counter.AtLimit))
	clk.advance(57*time.Second - 1)
	assert.True(t, over(c, 0, "k", once, counter.AtLimit))
	clk.advance(1)
	assert.False(t, over(c, 0, "k", once, counter.AtLimit))
}

func TestWindowSlides(t *testing.T) {
	clk := newClock()
	c := counter.New(counter.SlidingWindow, 1, counter.Sync{}, clk)
	two := counter.Limit{Calls: 2, Period: time.Minute}
	c.Add(0, "k", two, 1)
	clk.advance(40 * time.Second)
	c.Add(0, "k", two, 1)
	assert.True(t, over(c, 0, "k", two, counter.AtLimit))
	clk.advance(20 * time.Second) // the first has left the window
	assert.False(t, over(c, 0, "k", two, counter.AtLimit))
	c.Add(0, "k", two, 1)
	wait, is := c.Check(0, "k", two, counter.AtLimit)
	assert.True(t, is)
	assert.Equal(t, 40*time.Second, wait)
}

func TestOverLimitNeedsOneMore(t *testing.T) {
	for _, a := range []counter.Algorithm{counter.SlidingWindow, counter.TokenBucket} {
		c := counter.New(a, 1, counter.Sync{}, newClock())
		c.Add(0, "k", once, 1)
		assert.False(t, over(c, 0, "k", once, counter.OverLimit))
		c.Add(0, "k", once, 1)
		assert.True(t, over(c, 0, "k", once, counter.OverLimit))
	}
}

func TestTakeCountsOnlyWhatItAdmits(t *testing.T) {
	clk := newClock()
	c := counter.New(counter.SlidingWindow, 1, counter.Sync{}, clk)
	three := counter.Limit{Calls: 3, Period: time.Minute}
	for range 3 {
		_, refused := c.Take(0, "k", three, 1)
		assert.False(t, refused)
	}
	for range 10 {
		_, refused := c.Take(0, "k", three, 1)
		assert.True(t, refused)
	}
	assert.Zero(t, c.Remaining(0, "k", three))
	clk.advance(time.Minute)
	assert.Equal(t, 3, c.Remaining(0, "k", three))
}

// A bucket of 60 calls a minute refills one a second.
func TestBucketRefills(t *testing.T) {
	clk := newClock()
	c := counter.New(counter.TokenBucket, 1, counter.Sync{}, clk)
	l := counter.Limit{Calls: 60, Period: time.Minute}
	c.Add(0, "k", l, 60)
	wait, is := c.Check(0, "k", l, counter.AtLimit)
	assert.True(t, is)
	assert.Equal(t, time.Second, wait)
	clk.advance(time.Second)
	assert.False(t, over(c, 0, "k", l, counter.AtLimit))
	c.Add(0, "k", l, 1)
	assert.True(t, over(c, 0, "k", l, counter.AtLimit))
	clk.advance(10 * time.Second)
	assert.Equal(t, 10, c.Remaining(0, "k", l))
}

func TestBucketDebtIsBounded(t *testing.T) {
	clk := newClock()
	c := counter.New(counter.TokenBucket, 1, counter.Sync{}, clk)
	c.Add(0, "k", once, 1000)
	wait, _ := c.Check(0, "k", once, counter.AtLimit)
	assert.Equal(t, 2*time.Minute, wait)
}

// On one key of a v2 tier, a policy with other numbers changes what the first
// one sees.
func TestBucketWithTwoLimits(t *testing.T) {
	clk := newClock()
	c := counter.New(counter.TokenBucket, 1, counter.Sync{}, clk)
	c.Add(0, "k", once, 1)
	clk.advance(time.Second)
	assert.True(t, over(c, 0, "k", once, counter.AtLimit))
	assert.False(t, over(c, 0, "k", counter.Limit{Calls: 100, Period: time.Minute}, counter.AtLimit))
}

func TestGatewaysCountAlone(t *testing.T) {
	c := counter.New(counter.SlidingWindow, 2, counter.Sync{}, newClock())
	c.Add(0, "k", once, 1)
	assert.True(t, over(c, 0, "k", once, counter.AtLimit))
	assert.False(t, over(c, 1, "k", once, counter.AtLimit))
}

func TestSyncArrivesLate(t *testing.T) {
	for _, a := range []counter.Algorithm{counter.SlidingWindow, counter.TokenBucket} {
		clk := newClock()
		c := counter.New(a, 2, counter.Sync{Enabled: true, Delay: 5 * time.Second}, clk)
		c.Add(0, "k", once, 1)
		clk.advance(5*time.Second - 1)
		assert.False(t, over(c, 1, "k", once, counter.AtLimit))
		clk.advance(1)
		assert.True(t, over(c, 1, "k", once, counter.AtLimit))
		clk.advance(55 * time.Second) // a minute after the call, not after its news
		assert.False(t, over(c, 1, "k", once, counter.AtLimit))
	}
}

// A call counts from when it was made, however late another gateway hears of it.
func TestLateNewsKeepsItsTime(t *testing.T) {
	clk := newClock()
	c := counter.New(counter.SlidingWindow, 2, counter.Sync{Enabled: true, Delay: 10 * time.Second}, clk)
	two := counter.Limit{Calls: 2, Period: time.Minute}
	c.Add(0, "k", two, 1)
	clk.advance(5 * time.Second)
	c.Add(1, "k", two, 1)
	clk.advance(5 * time.Second)
	wait, is := c.Check(1, "k", two, counter.AtLimit)
	assert.True(t, is)
	assert.Equal(t, 50*time.Second, wait)
}

// What a bucket has refilled by half is not a call.
func TestBucketRemaining(t *testing.T) {
	clk := newClock()
	c := counter.New(counter.TokenBucket, 1, counter.Sync{}, clk)
	l := counter.Limit{Calls: 60, Period: time.Minute}
	c.Add(0, "k", l, 60)
	clk.advance(1500 * time.Millisecond)
	assert.Equal(t, 1, c.Remaining(0, "k", l))
	c.Add(0, "k", l, 1)
	assert.True(t, over(c, 0, "k", l, counter.AtLimit))
	assert.Zero(t, c.Remaining(0, "k", l))
}

func TestForgetIsARestart(t *testing.T) {
	c := counter.New(counter.SlidingWindow, 2, counter.Sync{}, newClock())
	c.Add(0, "k", once, 1)
	c.Add(1, "k", once, 1)
	c.Forget(0)
	assert.False(t, over(c, 0, "k", once, counter.AtLimit))
	assert.True(t, over(c, 1, "k", once, counter.AtLimit))
}

func TestOldCountersAreForgotten(t *testing.T) {
	clk := newClock()
	c := counter.New(counter.SlidingWindow, 1, counter.Sync{}, clk)
	for i := range 10_000 {
		c.Add(0, fmt.Sprint(i), once, 1)
	}
	clk.advance(2 * counter.MaxPeriod)
	c.Check(0, "k", once, counter.AtLimit)
	assert.Greater(t, c.Keys(0), 9_990, "one call looks over all of them")
	for range 10_000 {
		c.Check(0, "k", once, counter.AtLimit)
	}
	assert.Zero(t, c.Keys(0))
}

// Counters that are forgotten and those that stay do not disturb each other,
// whatever their order.
func TestLiveCountersOutliveTheOld(t *testing.T) {
	clk := newClock()
	c := counter.New(counter.SlidingWindow, 2, counter.Sync{Enabled: true}, clk)
	for round := range 20 {
		for i := range 100 {
			c.Add(0, fmt.Sprint(round, " ", i), once, 1)
		}
		for i := range 100 {
			for gateway := range 2 {
				assert.True(t, over(c, gateway, fmt.Sprint(round, " ", i), once, counter.AtLimit))
			}
		}
		clk.advance(counter.MaxPeriod / 4)
	}
	for gateway := range 2 {
		assert.LessOrEqual(t, c.Keys(gateway), 600, "gateway %d", gateway)
	}
}

// BenchmarkCheckAmongAMillion is a check where a million keys are counted.
func BenchmarkCheckAmongAMillion(b *testing.B) {
	c := counter.New(counter.SlidingWindow, 1, counter.Sync{}, newClock())
	for i := range 1_000_000 {
		c.Add(0, fmt.Sprint(i), once, 1)
	}
	for b.Loop() {
		c.Check(0, "none", once, counter.AtLimit)
	}
}

// From a measurement of the real service: period 600 s, first call at
// 12:11:36, refusal until 12:20:00.
func TestQuotaWindowIsAnchored(t *testing.T) {
	clk := newClock()
	q := counter.NewQuotas(1, counter.Sync{}, clk)
	l := counter.Quota{Limit: counter.Limit{Calls: 1, Period: 10 * time.Minute}, Anchor: time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)}
	q.Add(0, "k", l, 1)
	wait, over := q.Check(0, "k", l, counter.AtLimit, 0)
	assert.True(t, over)
	assert.Equal(t, 8*time.Minute+24*time.Second, wait)
	clk.advance(wait)
	_, over = q.Check(0, "k", l, counter.AtLimit, 0)
	assert.False(t, over)
}

func TestInfiniteQuotaStays(t *testing.T) {
	clk := newClock()
	q := counter.NewQuotas(2, counter.Sync{Enabled: true, Delay: time.Second}, clk)
	l := counter.Quota{Limit: counter.Limit{Calls: 1}}
	_, over := q.Take(0, "k", l, 1)
	assert.False(t, over)
	_, over = q.Check(1, "k", l, counter.AtLimit, 0)
	assert.False(t, over)
	clk.advance(1000 * time.Hour)
	for gateway := range 2 {
		wait, over := q.Check(gateway, "k", l, counter.AtLimit, 0)
		assert.True(t, over)
		assert.Zero(t, wait)
		_, over = q.Check(gateway, "k", l, counter.OverLimit, 0)
		assert.False(t, over)
	}
}

func TestQuotaBeforeItsFirstPeriod(t *testing.T) {
	clk := newClock()
	q := counter.NewQuotas(1, counter.Sync{}, clk)
	l := counter.Quota{Limit: counter.Limit{Calls: 1, Period: time.Hour}, Anchor: clk.now.Add(time.Minute)}
	q.Add(0, "k", l, 1)
	_, over := q.Check(0, "k", l, counter.AtLimit, 0)
	assert.True(t, over)
	clk.advance(time.Minute)
	_, over = q.Check(0, "k", l, counter.AtLimit, 0)
	assert.False(t, over)
}
