package pace

import (
	"math"
	"time"
)

// Schedule says when each call is due. It is fixed before the first call is
// sent: an answer that is late moves no later call, which is what makes the
// load open-loop.
type Schedule interface {
	// At returns when call n (from 0) is due, counted from the start.
	At(n uint64) time.Duration
	// Mean returns the mean rate over a slice of the given length, in calls
	// a second.
	Mean(slice time.Duration) float64
	// String renders the schedule in the form that Parse reads.
	String() string
}

// Constant is a schedule of so many calls a second.
type Constant float64

// At returns n divided by the rate.
func (r Constant) At(n uint64) time.Duration { return seconds(float64(n) / float64(r)) }

// Mean returns the rate.
func (r Constant) Mean(time.Duration) float64 { return float64(r) }

// Ramp is a schedule whose rate rises, or falls, in a straight line from From
// to To calls a second over a time, and stays at To after it.
type Ramp struct {
	From, To float64
	Over     time.Duration
}

// At solves From·t + (slope/2)·t² = n for t.
func (r Ramp) At(n uint64) time.Duration {
	over := r.Over.Seconds()
	inRamp := (r.From + r.To) / 2 * over
	if calls := float64(n); calls >= inRamp {
		return r.Over + seconds((calls-inRamp)/r.To)
	}
	slope := (r.To - r.From) / over
	// The usual form of the root, (-b+sqrt(b²+2an))/a, loses all its digits
	// when the slope is small; this one does not.
	root := math.Sqrt(r.From*r.From + 2*slope*float64(n))
	return seconds(2 * float64(n) / (r.From + root))
}

// Mean returns the mean rate of the part of the ramp that a slice sees.
func (r Ramp) Mean(slice time.Duration) float64 {
	if slice <= 0 || r.Over <= 0 {
		return r.To
	}
	in := min(slice, r.Over).Seconds()
	slope := (r.To - r.From) / r.Over.Seconds()
	calls := r.From*in + slope/2*in*in + r.To*max(0, (slice-r.Over).Seconds())
	return calls / slice.Seconds()
}

// Steps is a schedule of constant rates, each held for the same time; the last
// one stays.
type Steps struct {
	Rates []float64
	Each  time.Duration
}

// At walks the steps until the one in which call n is due.
func (s Steps) At(n uint64) time.Duration {
	left, at := float64(n), time.Duration(0)
	for _, rate := range s.Rates[:len(s.Rates)-1] {
		calls := rate * s.Each.Seconds()
		if left < calls {
			return at + seconds(left/rate)
		}
		left, at = left-calls, at+s.Each
	}
	return at + seconds(left/s.Rates[len(s.Rates)-1])
}

// Mean returns the mean rate of the steps that a slice sees.
func (s Steps) Mean(slice time.Duration) float64 {
	if slice <= 0 {
		return s.Rates[0]
	}
	var calls float64
	left := slice
	for i, rate := range s.Rates {
		held := min(left, s.Each)
		if i == len(s.Rates)-1 {
			held = left
		}
		calls += rate * held.Seconds()
		left -= held
	}
	return calls / slice.Seconds()
}

// Count returns how many calls are due before the end of a slice.
func Count(s Schedule, slice time.Duration) uint64 {
	n := uint64(math.Ceil(s.Mean(slice) * slice.Seconds()))
	for n > 0 && s.At(n-1) >= slice {
		n--
	}
	return n
}

// never is due so late that no run reaches it, and can still be added to.
const never = math.MaxInt64 / 4

func seconds(s float64) time.Duration {
	return time.Duration(min(math.Round(s*float64(time.Second)), never))
}
