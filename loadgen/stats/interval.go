package stats

import (
	"fmt"
	"math"
	"time"
)

// MinPairs is the fewest values that support an interval: of five pairs all may
// fall on one side of the truth with a chance above 5 %.
const MinPairs = 6

// Interval is an estimate with its 95 % confidence interval. Its unit is that
// of the field which holds it.
type Interval struct {
	Point float64 `json:"point"`
	Lo    float64 `json:"lo"`
	Hi    float64 `json:"hi"`
	// N is how many pairs it rests on. Fewer than 6 support no interval; Lo
	// and Hi then mean nothing.
	N int `json:"n"`
}

// Valid reports whether there were enough pairs for an interval.
func (i Interval) Valid() bool { return i.N >= MinPairs }

// Covers reports whether the interval holds v. One that is not valid covers
// everything.
func (i Interval) Covers(v float64) bool { return !i.Valid() || i.Lo <= v && v <= i.Hi }

// HalfWidth returns half the interval's width, or infinity if it is not valid.
func (i Interval) HalfWidth() float64 {
	if !i.Valid() {
		return math.Inf(1)
	}
	return (i.Hi - i.Lo) / 2
}

// Scaled returns the interval with every value multiplied by f, which must
// not be negative.
func (i Interval) Scaled(f float64) Interval {
	return Interval{Point: i.Point * f, Lo: i.Lo * f, Hi: i.Hi * f, N: i.N}
}

// Percentages renders an interval of parts as percentages; the point alone
// when there is no interval.
func Percentages(i Interval) string {
	if !i.Valid() {
		return fmt.Sprintf("%+.1f%%", 100*i.Point)
	}
	return fmt.Sprintf("%+.1f%% [%+.1f%%, %+.1f%%]", 100*i.Point, 100*i.Lo, 100*i.Hi)
}

// Milliseconds renders an interval of milliseconds, each in the unit that
// reads best; the point alone when there is no interval.
func Milliseconds(i Interval) string {
	if !i.Valid() {
		return MsText(i.Point)
	}
	return fmt.Sprintf("%s [%s, %s]", MsText(i.Point), MsText(i.Lo), MsText(i.Hi))
}

// MsText renders milliseconds in the unit that reads best.
func MsText(ms float64) string {
	d := time.Duration(ms * float64(time.Millisecond))
	switch abs := d.Abs(); {
	case abs >= 10*time.Second:
		return d.Round(100 * time.Millisecond).String()
	case abs >= 10*time.Millisecond:
		return d.Round(100 * time.Microsecond).String()
	case abs >= time.Millisecond:
		return d.Round(10 * time.Microsecond).String()
	}
	return d.Round(time.Microsecond).String()
}

// Millis returns a duration in milliseconds.
func Millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
