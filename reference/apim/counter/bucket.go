package counter

import (
	"math"
	"time"
)

// bucket is a token bucket: calls tokens at most, refilled evenly over the
// period. Whoever touches it brings its own limit, so that policies with
// different limits on one key disturb each other; APIM calls that
// unpredictable.
//
// How a count above the capacity is taken is not documented. Here the bucket
// goes into debt by one capacity at most, so that it refuses for two periods
// at the longest.
type bucket struct {
	taken float64 // tokens that are missing; above the capacity it is a debt
	at    time.Time
}

func (b *bucket) used(now time.Time, l Limit) float64 {
	elapsed := max(0, now.Sub(b.at))
	return max(0, b.taken-float64(l.Calls)*float64(elapsed)/float64(l.Period))
}

func (b *bucket) add(now time.Time, l Limit, n int) {
	if now.Before(b.at) {
		now = b.at // a late count of another gateway
	}
	b.taken = min(b.used(now, l)+float64(n), float64(2*l.Calls))
	b.at = now
}

func (b *bucket) wait(now time.Time, l Limit, want float64) time.Duration {
	missing := b.used(now, l) - want
	return time.Duration(math.Ceil(missing * float64(l.Period) / float64(l.Calls)))
}

func (b *bucket) idle(now time.Time) bool { return now.Sub(b.at) > 2*MaxPeriod }
