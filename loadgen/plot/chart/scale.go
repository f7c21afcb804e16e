package chart

import "math"

const (
	width       = 760
	usualHeight = 360
	left, right = 80, 20
	top, bottom = 40, 60
	// labelRoom is what the names at the ends of the lines take.
	labelRoom = 150
)

// frame maps values to places.
type frame struct {
	x, y   scale
	height int
	right  float64 // the end of the X axis
}

// scale maps the values of one axis.
type scale struct {
	span
	from, to float64 // places
	log      bool
}

// at is the place of a value. What lies beyond an end of the axis, or is no
// number, is drawn at an end.
func (s scale) at(v float64) float64 {
	switch {
	case v > s.hi:
		v = s.hi
	case !(v > s.lo):
		v = s.lo
	}
	part := (v - s.lo) / (s.hi - s.lo)
	if s.log {
		part = (math.Log(v) - math.Log(s.lo)) / (math.Log(s.hi) - math.Log(s.lo))
	}
	return s.from + part*(s.to-s.from)
}

// span is the range of values that an axis shows.
type span struct {
	lo, hi float64
	set    bool
}

// hold widens the span to v, if that is a number which the axis can show.
func (s *span) hold(v float64, log bool) {
	if math.IsNaN(v) || math.IsInf(v, 0) || log && v <= 0 {
		return
	}
	if !s.set {
		*s = span{v, v, true}
	}
	s.lo, s.hi = min(s.lo, v), max(s.hi, v)
}

// frame fits the axes to all that is drawn.
func (c Chart) frame() frame {
	f := frame{height: c.Height, right: width - right}
	if f.height == 0 {
		f.height = usualHeight
	}
	if c.LabelsAtEnd {
		f.right = width - labelRoom
	}
	xs, ys := c.spans()
	f.x = scale{span: xs, from: left, to: f.right, log: c.X.Log}
	f.y = scale{span: ys, from: float64(f.height - bottom), to: top, log: c.Y.Log}
	return f
}

func (c Chart) spans() (xs, ys span) {
	for _, at := range c.places() {
		xs.hold(at.X, c.X.Log)
		ys.hold(at.Y, c.Y.Log)
	}
	c.X.hold(&xs, false)
	c.Y.hold(&ys, true)
	return xs, ys
}

// places are all points that the axes must show.
func (c Chart) places() []Point {
	var all []Point
	for _, l := range c.Lines {
		all = append(all, l.Points...)
	}
	for _, b := range c.Bars {
		all = append(all, b.From, b.To)
	}
	return all
}

// hold widens the span to what the axis must show: zero as well if that is to be on
// it, or if nothing else is.
func (a Axis) hold(s *span, zero bool) {
	for _, v := range a.Holds {
		s.hold(v, a.Log)
	}
	if !a.Log && (zero || !s.set) {
		s.hold(0, false)
	}
	if a.Log && !s.set {
		*s = span{1, 10, true}
	}
	if s.hi > s.lo {
		return
	}
	if a.Log {
		s.hi = 10 * s.lo
	} else {
		s.hi = s.lo + 1
	}
}
