package report

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

// Duration marshals as milliseconds, to the nearest microsecond.
type Duration time.Duration

// MarshalJSON renders the duration in milliseconds with three decimals.
func (d Duration) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "%.3f", float64(d.asStored()/Duration(time.Microsecond))/1000), nil
}

// longest is the greatest duration that is stored, in milliseconds: 31 years.
// Up to it a float64 holds every microsecond.
const longest = 1_000_000_000_000

// UnmarshalJSON reads a number of milliseconds, to the nearest microsecond.
func (d *Duration) UnmarshalJSON(b []byte) error {
	ms, err := strconv.ParseFloat(string(b), 64)
	if err != nil || !(math.Abs(ms) <= longest) {
		return fmt.Errorf("duration %q is not a number of milliseconds up to %d", b, int64(longest))
	}
	*d = Duration(math.Round(ms*1000)) * Duration(time.Microsecond)
	return nil
}

// String renders the duration as people read it.
func (d Duration) String() string {
	t := time.Duration(d)
	switch {
	case t >= time.Minute:
		return t.Round(time.Second).String()
	case t >= time.Second:
		return fmt.Sprintf("%.1f s", t.Seconds())
	}
	return fmt.Sprintf("%.3g ms", float64(t)/float64(time.Millisecond))
}
