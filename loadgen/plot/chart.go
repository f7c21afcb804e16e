package plot

import (
	"bufio"
	"fmt"
	"html"
	"io"
	"math"
	"strings"
)

// chart is a plot of lines over two axes, drawn as SVG without any script or
// outside resource, so that it shows where both are blocked.
type chart struct {
	title, x, y string
	logX        bool
	xs, ys      span
	xTicks      []tick
	lines       []line
	bands       []band
	marks       []note
}

type point struct{ x, y float64 }

// line is one named series.
type line struct {
	name   string
	colour string
	dots   bool // dots besides the line
	points []point
}

// band is an interval at one place of the x axis.
type band struct {
	x, lo, hi float64
	colour    string
}

// note is a text at a place.
type note struct {
	at   point
	text string
}

type tick struct {
	at   float64
	text string
}

// span is the range that an axis shows.
type span struct {
	lo, hi float64
	set    bool
}

func (s *span) hold(v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return
	}
	if !s.set {
		*s = span{v, v, true}
	}
	s.lo, s.hi = min(s.lo, v), max(s.hi, v)
}

const (
	width, height            = 760, 360
	left, right, top, bottom = 80, 20, 40, 60
)

// colours are Okabe and Ito's, which the colour-blind can tell apart.
var colours = []string{"#0072b2", "#d55e00", "#009e73", "#cc79a7"}

// write draws the chart.
func (c *chart) write(w io.Writer) error {
	c.fit()
	p := bufio.NewWriter(w) // keeps the first error until Flush
	fmt.Fprintf(p, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" role="img">`+"\n", width, height)
	fmt.Fprintf(p, "<title>%s</title>\n<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", html.EscapeString(c.title), width, height)
	text(p, width/2, 20, "middle", c.title)
	c.axes(p)
	for _, b := range c.bands {
		fmt.Fprintf(p, `<path d="M%.1f %.1fV%.1f" stroke="%s" stroke-width="3"/>`+"\n", c.px(b.x), c.py(b.lo), c.py(b.hi), b.colour)
	}
	for i, l := range c.lines {
		c.draw(p, i, l)
	}
	for _, m := range c.marks {
		text(p, c.px(m.at.x)+8, c.py(m.at.y)+4, "start", m.text)
	}
	fmt.Fprintf(p, "</svg>\n")
	return p.Flush()
}

// fit makes the axes hold everything that is drawn.
func (c *chart) fit() {
	for _, l := range c.lines {
		for _, at := range l.points {
			c.xs.hold(at.x)
			c.ys.hold(at.y)
		}
	}
	for _, b := range c.bands {
		c.xs.hold(b.x)
		c.ys.hold(b.lo)
		c.ys.hold(b.hi)
	}
	c.ys.hold(0)
	c.xs.widen()
	c.ys.widen()
}

// widen gives a range without extent one.
func (s *span) widen() {
	if s.hi <= s.lo {
		s.hi = s.lo + 1
	}
}

func (c *chart) px(x float64) float64 { return left + c.part(x)*(width-left-right) }

func (c *chart) py(y float64) float64 {
	return height - bottom - (y-c.ys.lo)/(c.ys.hi-c.ys.lo)*(height-top-bottom)
}

func (c *chart) part(x float64) float64 {
	if c.logX {
		return (math.Log(x) - math.Log(c.xs.lo)) / (math.Log(c.xs.hi) - math.Log(c.xs.lo))
	}
	return (x - c.xs.lo) / (c.xs.hi - c.xs.lo)
}

func (c *chart) draw(p *bufio.Writer, i int, l line) {
	var path strings.Builder
	for j, at := range l.points {
		letter := "L"
		if j == 0 {
			letter = "M"
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", letter, c.px(at.x), c.py(at.y))
		if l.dots {
			fmt.Fprintf(p, `<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>`+"\n", c.px(at.x), c.py(at.y), l.colour)
		}
	}
	fmt.Fprintf(p, `<path d="%s" fill="none" stroke="%s" stroke-width="1.5"/>`+"\n", path.String(), l.colour)
	if l.name != "" {
		fmt.Fprintf(p, `<rect x="%d" y="%d" width="12" height="3" fill="%s"/>`+"\n", left+10, top+10+16*i, l.colour)
		text(p, left+28, float64(top+15+16*i), "start", l.name)
	}
}

func text(p *bufio.Writer, x, y float64, anchor, text string) {
	fmt.Fprintf(p, `<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", x, y, anchor, html.EscapeString(text))
}
