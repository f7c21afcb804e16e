package report

import (
	"math"
	"strconv"
)

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
