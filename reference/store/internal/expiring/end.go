package expiring

import (
	"math"
	"time"
)

// End is the instant at which an entry ends, in nanoseconds since the epoch. It
// is a reading of the wall clock, as exp is: whoever sets that clock back makes
// tokens live longer, and what revokes them must live as long.
type End int64

// Never is the end of an entry that has none.
const Never End = math.MaxInt64

// Now is the instant at which an entry ends that ends now.
func Now(now time.Time) End { return End(now.UnixNano()) }

// After is the end of an entry with a time to live, or Never if that lies beyond
// the year 2262. One without a time to live has ended already.
func After(now time.Time, ttl time.Duration) End {
	at := now.UnixNano()
	if ttl > 0 && at > math.MaxInt64-int64(ttl) {
		return Never
	}
	return End(max(at+int64(ttl), 1))
}
