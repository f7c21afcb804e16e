package plot

import (
	"bufio"
	"fmt"
	"html"
	"math"
)

// axes draws the frame, the grid and what the axes mean.
func (c *chart) axes(p *bufio.Writer) {
	for _, y := range niceTicks(c.ys, 6) {
		fmt.Fprintf(p, `<path d="M%d %.1fH%d" stroke="#ddd"/>`+"\n", left, c.py(y), width-right)
		text(p, left-6, c.py(y)+4, "end", fmt.Sprintf("%.4g", y))
	}
	for _, t := range c.ticks() {
		fmt.Fprintf(p, `<path d="M%.1f %dV%d" stroke="#ddd"/>`+"\n", c.px(t.at), top, height-bottom)
		text(p, c.px(t.at), height-bottom+18, "middle", t.text)
	}
	fmt.Fprintf(p, `<path d="M%d %dV%dH%d" fill="none" stroke="#333"/>`+"\n", left, top, height-bottom, width-right)
	text(p, (left+width-right)/2, height-14, "middle", c.x)
	middle := (top + height - bottom) / 2
	fmt.Fprintf(p, `<text transform="translate(18 %d) rotate(-90)" text-anchor="middle">%s</text>`+"\n", middle, html.EscapeString(c.y))
}

func (c *chart) ticks() []tick {
	if c.xTicks != nil {
		return c.xTicks
	}
	var out []tick
	for _, x := range niceTicks(c.xs, 8) {
		out = append(out, tick{x, fmt.Sprintf("%.4g", x)})
	}
	return out
}

// niceTicks returns about n round values within the span.
func niceTicks(s span, n int) []float64 {
	raw := (s.hi - s.lo) / float64(n)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * power
	for _, f := range []float64{1, 2, 5} {
		if f*power >= raw {
			step = f * power
			break
		}
	}
	var out []float64
	for i := math.Ceil(s.lo / step); i*step <= s.hi+step/1e6; i++ {
		out = append(out, i*step)
	}
	return out
}
