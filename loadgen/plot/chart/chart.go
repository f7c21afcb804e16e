package chart

import (
	"bufio"
	"io"
)

// Chart is what is drawn. The zero value draws empty axes.
type Chart struct {
	Title string
	// Embedded leaves the title and Style to the page around it; the title is still
	// read aloud.
	Embedded bool
	// Says is the same in words, for who cannot see it.
	Says string
	X, Y Axis
	// Lines come in the order of their colours.
	Lines  []Line
	Bars   []Bar
	Notes  []Note
	Shades []Shade
	// LabelsAtEnd writes the lines' names to the right, in the order of their ends,
	// and not in a corner.
	LabelsAtEnd bool
	// Height is that of the picture in the units of its width, which is 760; 0 is
	// 360.
	Height int
}

// Axis is one of the two.
type Axis struct {
	Name string
	Log  bool
	// Holds are values that the axis must show, besides all that is drawn.
	Holds []float64
	// Ticks stand in place of round numbers.
	Ticks []Tick
}

// Tick is a value of an axis, in words.
type Tick struct {
	At   float64
	Text string
}

// Point is a place in the chart.
type Point struct{ X, Y float64 }

// Line is a named series.
type Line struct {
	Name   string
	Colour int  // counts through the colours of the chart
	Dots   bool // dots besides the line
	Dashed bool
	Steps  bool // the value holds until the next one
	// Width is that of the stroke; 0 is 1.8. A wider line under a narrower one
	// shows where both lie.
	Width  float64
	Points []Point
}

// Bar is an interval at one place of an axis, such as that of an estimate.
type Bar struct {
	From, To Point
	Colour   int
	Wide     bool
}

// Note is a text that begins at a place.
type Note struct {
	At   Point
	Text string
}

// Shade marks a part of the X axis, such as an outage.
type Shade struct {
	From, To float64
	Text     string
}

// Write draws the chart.
func (c Chart) Write(w io.Writer) error {
	p := bufio.NewWriter(w) // keeps the first error until Flush
	f := c.frame()
	c.open(p, f)
	c.axes(p, f)
	for _, b := range c.Bars {
		b.draw(p, f)
	}
	for i, l := range c.Lines {
		l.draw(p, f)
		if !c.LabelsAtEnd {
			l.key(p, f, i)
		}
	}
	if c.LabelsAtEnd {
		c.endLabels(p, f)
	}
	for _, n := range c.Notes {
		n.draw(p, f)
	}
	p.WriteString("</svg>\n")
	return p.Flush()
}
