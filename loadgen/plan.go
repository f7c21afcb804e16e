package loadgen

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/revocheck/revocheck/loadgen/pace"
	"github.com/revocheck/revocheck/loadgen/send"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Plan says how the sides are loaded and for how long. Zero fields take the
// defaults that WithDefaults documents.
type Plan struct {
	// Schedule is when the calls of one slice are due; the default is 1,000
	// calls a second.
	Schedule pace.Schedule
	// Duration is how long the measurement lasts; the default is 30 s. A
	// slice that has begun is finished.
	Duration time.Duration
	// Rounds ends the measurement after so many rounds, whatever time they
	// take; 0 means to measure for the Duration.
	Rounds int
	// Slice is the length of one slice; the default makes about forty rounds,
	// of slices from 200 ms to 2 s. It is lengthened so that a slice holds at
	// least 100 calls and a run at most 2,000 rounds.
	Slice time.Duration
	// WarmUp is how long each side is loaded before the measurement; the
	// default is 1 s, and a negative one means none.
	WarmUp time.Duration
	// Mix is the share of each class; the default is 90 % live, 5 % revoked,
	// 2 % expired, 3 % never seen.
	Mix Mix
	// Seed fixes the calls and the order of the slices.
	Seed uint64
	// Timeout is how long an answer may take; the default is 5 s.
	Timeout time.Duration
	// MaxInFlight is how many calls may wait for an answer at once; the
	// default is 256. Further calls are late, by the target's fault.
	MaxInFlight int
	// LateLimit is how late the generator itself may send a call; the default
	// is 5 ms. A pair is dropped when more than LateShare of its calls are later.
	LateLimit time.Duration
	// Precision is the half-width of the p50 interval, as a part of the
	// baseline's p50, at which the run stops early; 0 means to use the whole
	// Duration.
	Precision float64
	// Storm is a rate of logouts, in logouts a second, beside the calls.
	Storm float64
	// Sink receives every call of the measurement, without any token; it is
	// called from one goroutine. nil keeps none.
	Sink Sink
	// Progress is called after each round; nil means not.
	Progress func(Progress)
}

// LateShare is the part of a slice's calls that may be late before its pair is
// dropped.
const LateShare = 0.10

// Progress is how far a run is.
type Progress struct {
	Rounds      int
	Spent, Of   time.Duration
	Overhead    stats.Interval // of p50 in milliseconds, when there is one
	BaselineP50 float64        // in milliseconds
}

const (
	minSlice = 200 * time.Millisecond
	maxSlice = 2 * time.Second
	minCalls = 100
	perRound = 3 // slices: baseline, subject, control
)

// MaxRounds is the most rounds that a run keeps, which bounds its memory.
const MaxRounds = 2000

// WithDefaults returns the plan with its zero fields filled in.
func (p Plan) WithDefaults() Plan {
	setDefault(&p.Duration, 30*time.Second)
	setDefault(&p.WarmUp, time.Second)
	setDefault(&p.Timeout, 5*time.Second)
	setDefault(&p.MaxInFlight, 256)
	setDefault(&p.LateLimit, 5*time.Millisecond)
	setDefault(&p.Mix, Mix{Live: 90, Revoked: 5, Expired: 2, NeverSeen: 3})
	setDefault(&p.Schedule, pace.Schedule(pace.Constant(1000)))
	p.Slice = p.sliceLength()
	return p
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// sliceLength keeps a slice that was asked for, unless it holds too few calls
// or makes too many rounds for the memory that a run is promised.
func (p Plan) sliceLength() time.Duration {
	slice := p.Slice
	if slice <= 0 {
		slice = min(max(p.Duration/(40*perRound), minSlice), maxSlice)
	}
	slice = max(slice, p.Duration/(MaxRounds*perRound))
	if rate := p.Schedule.Mean(slice); rate*slice.Seconds() < minCalls {
		slice = time.Duration(math.Round(minCalls / rate * float64(time.Second)))
	}
	return slice
}

func (p Plan) bounds() send.Bounds {
	return send.Bounds{Timeout: p.Timeout, MaxInFlight: p.MaxInFlight}
}

// check reports what cannot be run.
func (p Plan) check() error {
	switch {
	case p.Duration <= 0:
		return errors.New("the duration must be above zero")
	case p.Rounds < 0 || p.Rounds > MaxRounds:
		return fmt.Errorf("%d rounds are not between 0 and %d", p.Rounds, MaxRounds)
	case p.Timeout <= 0:
		return errors.New("the timeout must be above zero")
	case p.MaxInFlight < 1:
		return errors.New("at least one call must be allowed in flight")
	case p.Precision < 0 || p.Precision >= 1:
		return fmt.Errorf("precision %g is not between 0 and 1", p.Precision)
	case p.Storm < 0 || p.Storm > pace.MaxRate:
		return fmt.Errorf("a storm of %g logouts a second is not between 0 and %d", p.Storm, pace.MaxRate)
	case p.Mix.sum() <= 0:
		return errors.New("the mix holds no class")
	}
	return nil
}
