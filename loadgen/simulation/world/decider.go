package world

import "time"

// Token is what of a token a Decider looks at.
type Token struct {
	Key        [16]byte // stands for iss and jti
	User       uint64   // sub
	Expires    int64    // exp, in seconds since the epoch
	Generation int64    // what Issue stamped
}

// Decider is one strategy in all regions, which are counted from 0.
type Decider interface {
	// Issue stamps and records a token that is granted in a region. After an error
	// there is no token.
	Issue(region int, t *Token) error
	// Check tells whether a region lets a call with the token through. With an
	// error it could not ask its store, and did what its posture says.
	Check(region int, t *Token) (bool, error)
	// End ends the token in a region. After an error it was not ended.
	End(region int, t *Token) error

	// Entries is how many entries are held, Uses how often the store was read and
	// written.
	Entries() int
	Uses() (reads, writes uint64)

	// Break makes the store unreachable, and Mend reachable again. Forget has it
	// lose all that it holds, FailOver what was written in the time before. Restart
	// has the gateway of a region lose its memory.
	Break()
	Mend()
	Forget()
	FailOver(lost time.Duration)
	Restart(region int)
}

// Network says how long an entry takes from one region to another, and the
// longest that it takes to any.
type Network interface {
	Delay(from, to int, key string) time.Duration
	Longest(from int, key string) time.Duration
}

// Never is the delay of what is lost on its way.
const Never time.Duration = 1<<63 - 1

// Site is where a Decider runs.
type Site struct {
	Clock   *Clock
	Regions int
	Leeway  time.Duration
	Open    bool // posture
	// Network is nil where regions hear of each other at once.
	Network Network
	Fails   func() bool   // whether a use of the store does; nil for never
	Most    int           // entries that the store has room for; 0 for any number
	Recent  time.Duration // how far back FailOver goes
}

// Clock is virtual time.
type Clock struct{ now int64 } // nanoseconds since the start

// midnight is that of a Monday, before which a world has time for its past.
const midnight = 1767571200

// Now is the time by the clock.
func (c *Clock) Now() time.Time { return time.Unix(midnight, c.now) }

// second is a time in seconds since the epoch, rounded down as iat is.
func second(at int64) int64 {
	s := at / 1e9
	if at%1e9 < 0 {
		s--
	}
	return midnight + s
}
