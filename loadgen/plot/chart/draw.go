package chart

import (
	"bufio"
	"fmt"
	"slices"
	"strings"
)

func (l Line) draw(p *bufio.Writer, f frame) {
	class := l.Colour % colours
	var path strings.Builder
	for i, at := range l.Points {
		x, y := f.x.at(at.X), f.y.at(at.Y)
		switch {
		case i == 0:
			fmt.Fprintf(&path, "M%.1f %.1f", x, y)
		case l.Steps:
			fmt.Fprintf(&path, "H%.1fV%.1f", x, y)
		default:
			fmt.Fprintf(&path, "L%.1f %.1f", x, y)
		}
		if l.Dots {
			fmt.Fprintf(p, `<circle class="ch-%d ch-f" cx="%.1f" cy="%.1f" r="4"/>`+"\n", class, x, y)
		}
	}
	fmt.Fprintf(p, `<path class="ch-%d ch-l" d="%s" fill="none" stroke-width="%.2g"%s/>`+"\n", class, path.String(), l.width(), l.dashes())
}

func (l Line) width() float64 {
	if l.Width == 0 {
		return 1.8
	}
	return l.Width
}

func (l Line) dashes() string {
	switch {
	case l.Dashed:
		return ` stroke-dasharray="2 4"`
	case l.Colour >= colours:
		return ` stroke-dasharray="8 3"`
	}
	return ""
}

// key names the line in the corner, as the i-th.
func (l Line) key(p *bufio.Writer, f frame, i int) {
	if l.Name == "" {
		return
	}
	y := float64(top + 10 + 16*i)
	fmt.Fprintf(p, `<rect class="ch-%d ch-f" x="%d" y="%.0f" width="12" height="3"/>`+"\n", l.Colour%colours, left+10, y)
	text(p, left+28, y+5, "start", l.Name)
}

// endLabels names each line beside its end, in the order of their height, none
// over another.
func (c Chart) endLabels(p *bufio.Writer, f frame) {
	type label struct {
		line Line
		y    float64
	}
	var labels []label
	for _, l := range c.Lines {
		if n := len(l.Points); l.Name != "" && n > 0 {
			labels = append(labels, label{l, f.y.at(l.Points[n-1].Y)})
		}
	}
	slices.SortStableFunc(labels, func(a, b label) int { return int(a.y*10) - int(b.y*10) })
	const room = 15
	floor := float64(f.height - bottom)
	for i := range labels {
		most := floor - room*float64(len(labels)-1-i)
		labels[i].y = min(labels[i].y, most)
		if i > 0 {
			labels[i].y = max(labels[i].y, labels[i-1].y+room)
		}
	}
	for _, at := range labels {
		at.line.label(p, f, at.y)
	}
}

// label names the line at the right, and leads to its end if that is there.
func (l Line) label(p *bufio.Writer, f frame, y float64) {
	from := fmt.Sprintf("M%.1f %.1f", f.right+4, y)
	if end := l.Points[len(l.Points)-1]; f.x.at(end.X) > f.right-1 {
		from = fmt.Sprintf("M%.1f %.1fL%.1f %.1f", f.x.at(end.X), f.y.at(end.Y), f.right+6, y)
	}
	fmt.Fprintf(p, `<path class="ch-%d ch-l" d="%sH%.1f" fill="none" stroke-width="%.2g"%s/>`+"\n", l.Colour%colours, from, f.right+18, l.width(), l.dashes())
	text(p, f.right+22, y+4, "start", l.Name)
}

func (b Bar) draw(p *bufio.Writer, f frame) {
	thick := 3
	if b.Wide {
		thick = 12
	}
	fmt.Fprintf(p, `<path class="ch-%d ch-l" d="M%.1f %.1fL%.1f %.1f" fill="none" stroke-width="%d"/>`+"\n",
		b.Colour%colours, f.x.at(b.From.X), f.y.at(b.From.Y), f.x.at(b.To.X), f.y.at(b.To.Y), thick)
}

func (n Note) draw(p *bufio.Writer, f frame) {
	text(p, f.x.at(n.At.X)+8, f.y.at(n.At.Y)+4, "start", n.Text)
}

// draw shades the part as the i-th: neighbours write their texts on two lines.
func (s Shade) draw(p *bufio.Writer, f frame, i int) {
	from, to := f.x.at(max(s.From, f.x.lo)), f.x.at(min(max(s.From, s.To), f.x.hi))
	fmt.Fprintf(p, `<rect class="ch-shade" x="%.1f" y="%d" width="%.1f" height="%d"/>`+"\n", from, top, max(to-from, 1.5), f.height-bottom-top)
	text(p, from, float64(top-6-15*(i%2)), "start", s.Text)
}
