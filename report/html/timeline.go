package html

import (
	"fmt"
	"slices"

	"github.com/revocheck/revocheck/report"
)

// timeLine shows requests of several clients at once, a row a client, whose answers
// no order of the requests explains.
type timeLine struct {
	Label   string
	Clients []client
	Spans   []span
	Ticks   []mark
	Proof   float64 // where the acknowledgement of the logout came
	Height  int
}

type client struct {
	Name string
	Y    int
}

type span struct {
	X, Width float64
	Y        int
	Class    string // logout, bad or fine
	Text     string
}

type mark struct {
	X    float64
	Text string
}

// The drawing's left edge and width, and the height of a row.
const (
	lineLeft  = 80
	lineWidth = 620
	rowHeight = 44
)

// timeLineOf draws the time line of a record; nil if it has none.
func timeLineOf(rec report.Record) *timeLine {
	var spans []report.Step
	var clients []int
	from, until := report.Duration(0), report.Duration(0)
	for _, s := range rec.Steps {
		if s.Span == nil {
			continue
		}
		if len(spans) == 0 {
			from = s.Span.From
		}
		spans = append(spans, s)
		from, until = min(from, s.Span.From), max(until, s.Span.Until)
		if !slices.Contains(clients, s.Span.Client) {
			clients = append(clients, s.Span.Client)
		}
	}
	if len(spans) == 0 {
		return nil
	}
	slices.Sort(clients)
	x := func(d report.Duration) float64 {
		return lineLeft + lineWidth*float64(d-from)/float64(max(1, until-from))
	}
	l := &timeLine{Height: 34 + rowHeight*len(clients)}
	for i, c := range clients {
		l.Clients = append(l.Clients, client{fmt.Sprintf("client %d", c), 14 + rowHeight*i})
	}
	wrong := 0
	for _, s := range spans {
		one := span{X: x(s.Span.From), Width: max(3, x(s.Span.Until)-x(s.Span.From)), Y: 14 + rowHeight*slices.Index(clients, s.Span.Client), Class: "fine",
			Text: say(s.Span.What + ": " + s.Span.Got)}
		switch {
		case !s.OK:
			one.Class = "bad"
			wrong++
		case s.Span.What == "logout":
			one.Class = "logout"
			l.Proof = max(l.Proof, x(s.Span.Until))
		}
		l.Spans = append(l.Spans, one)
	}
	for i := range 5 {
		at := from + (until-from)*report.Duration(i)/4
		l.Ticks = append(l.Ticks, mark{x(at), at.String()})
	}
	l.Label = fmt.Sprintf("Time line of %d requests by %d clients; %d came out as no order of the requests explains", len(spans), len(clients), wrong)
	return l
}

// AxisY is where the drawing ends and the scale begins.
func (l timeLine) AxisY() int { return l.Height - 20 }

// TickY is the base line of the scale.
func (l timeLine) TickY() int { return l.Height - 4 }

// TextY is the base line of a client's name.
func (c client) TextY() int { return c.Y + 11 }

// TextY is the base line of a request's text, below its bar.
func (s span) TextY() int { return s.Y + 27 }

// Anchor has the text of a late request end with its bar, so that it stays inside.
func (s span) Anchor() string {
	if s.late() {
		return "end"
	}
	return "start"
}

// TextX is where the text begins, or ends.
func (s span) TextX() float64 {
	if s.late() {
		return s.X + s.Width
	}
	return s.X
}

func (s span) late() bool { return s.X > lineLeft+lineWidth*3/4 }
