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

// Number is a measured value, with its unit in the terms of the Unified Code
// for Units of Measure ("ms", "s", "%", "1").
type Number struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Unit  string  `json:"unit"`
	Note  string  `json:"note,omitempty"`
}

// String renders the number with its name, unit and note.
func (n Number) String() string {
	text := n.Name + " " + figure(n.Value)
	if n.Unit != "" && n.Unit != "1" {
		text += " " + n.Unit
	}
	if n.Note != "" {
		text += " (" + n.Note + ")"
	}
	return text
}

// figure renders a value with four digits, and large ones without an exponent.
func figure(v float64) string {
	if math.Abs(v) >= 1000 && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 4, 64)
}
