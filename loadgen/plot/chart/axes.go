package chart

import (
	"bufio"
	"fmt"
	"html"
	"math"
)

// Style is the style sheet of charts, for a light screen, a dark one and paper. The
// colours of the lines are Okabe and Ito's, which the colour-blind can tell apart,
// darker on white and lighter on black where they would not stand out.
const Style = `
.ch-bg{fill:#fff}.ch-t{fill:#222}.ch-grid{stroke:#ddd}.ch-axis{stroke:#555}.ch-shade{fill:#d55e00;opacity:.12}
.ch-0{--c:#0072b2}.ch-1{--c:#b84e00}.ch-2{--c:#007d5c}.ch-3{--c:#a8487f}.ch-4{--c:#8a6d00}.ch-5{--c:#2a7fa8}.ch-6{--c:#444}.ch-7{--c:#7a3db8}
.ch-l{stroke:var(--c);fill:none}.ch-f{fill:var(--c)}
@media screen and (prefers-color-scheme:dark){
.ch-bg{fill:#16191d}.ch-t{fill:#e6e6e6}.ch-grid{stroke:#353a40}.ch-axis{stroke:#999}.ch-shade{fill:#ff9955;opacity:.18}
.ch-0{--c:#56b4e9}.ch-1{--c:#ff9955}.ch-2{--c:#3ccfa0}.ch-3{--c:#e79cc7}.ch-4{--c:#f0e442}.ch-5{--c:#9bd3f0}.ch-6{--c:#ccc}.ch-7{--c:#c9a3f5}}
`

// colours is how many there are before they come again.
const colours = 8

func (c Chart) open(p *bufio.Writer, f frame) {
	fmt.Fprintf(p, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12" role="img">`+"\n", width, f.height)
	fmt.Fprintf(p, "<title>%s</title>\n", html.EscapeString(c.Title))
	if c.Says != "" {
		fmt.Fprintf(p, "<desc>%s</desc>\n", html.EscapeString(c.Says))
	}
	if !c.Embedded {
		fmt.Fprintf(p, "<style>%s</style>\n", Style)
	}
	fmt.Fprintf(p, "<rect class=\"ch-bg\" width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n", width, f.height)
	if !c.Embedded {
		text(p, width/2, 20, "middle", c.Title)
	}
}

// axes draws the frame, the grid and what the axes mean.
func (c Chart) axes(p *bufio.Writer, f frame) {
	floor := f.height - bottom
	for i, s := range c.Shades {
		s.draw(p, f, i)
	}
	for _, t := range c.Y.ticks(f.y.span, 6) {
		fmt.Fprintf(p, `<path class="ch-grid" d="M%d %.1fH%.1f" stroke="#ddd"/>`+"\n", left, f.y.at(t.At), f.right)
		text(p, left-6, f.y.at(t.At)+4, "end", t.Text)
	}
	for _, t := range c.X.ticks(f.x.span, 8) {
		fmt.Fprintf(p, `<path class="ch-grid" d="M%.1f %dV%d" stroke="#ddd"/>`+"\n", f.x.at(t.At), top, floor)
		text(p, f.x.at(t.At), float64(floor+18), "middle", t.Text)
	}
	fmt.Fprintf(p, `<path class="ch-axis" d="M%d %dV%dH%.1f" fill="none" stroke="#555"/>`+"\n", left, top, floor, f.right)
	text(p, (left+f.right)/2, float64(f.height-14), "middle", c.X.Name)
	fmt.Fprintf(p, `<text class="ch-t" transform="translate(18 %d) rotate(-90)" text-anchor="middle">%s</text>`+"\n", (top+floor)/2, html.EscapeString(c.Y.Name))
}

// ticks are the axis' own that lie in the span, or about n round values.
func (a Axis) ticks(s span, n int) []Tick {
	if a.Ticks == nil && a.Log {
		return powers(s)
	}
	if a.Ticks == nil {
		return round(s, n)
	}
	var shown []Tick
	for _, t := range a.Ticks {
		if t.At >= s.lo*(1-1e-9) && t.At <= s.hi*(1+1e-9) {
			shown = append(shown, t)
		}
	}
	return shown
}

// round returns about n round values within the span.
func round(s span, n int) (ticks []Tick) {
	raw := (s.hi - s.lo) / float64(n)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * power
	for _, f := range []float64{1, 2, 5} {
		if f*power >= raw {
			step = f * power
			break
		}
	}
	for i := math.Ceil(s.lo / step); i*step <= s.hi+step/1e6; i++ {
		ticks = append(ticks, Tick{i * step, fmt.Sprintf("%.6g", i*step)})
	}
	return ticks
}

// powers returns the powers of ten within the span.
func powers(s span) (ticks []Tick) {
	for at := math.Pow(10, math.Ceil(math.Log10(s.lo)-1e-9)); at <= s.hi*(1+1e-9); at *= 10 {
		ticks = append(ticks, Tick{at, fmt.Sprintf("%.6g", at)})
	}
	return ticks
}

func text(p *bufio.Writer, x, y float64, anchor, text string) {
	fmt.Fprintf(p, `<text class="ch-t" x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", x, y, anchor, html.EscapeString(text))
}
