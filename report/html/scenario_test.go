package html

import (
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

// Of many steps those are shown that tell something, and how many are not.
func TestWhatIsShownOfManySteps(t *testing.T) {
	rec := report.Record{}
	for i := range 500 {
		rec.Steps = append(rec.Steps, report.Step{Text: "call", OK: i != 200 && i < 300})
	}
	shown, left, bad := stepsOf(rec), 0, 0
	for _, s := range shown {
		left += s.LeftOut
		if s.Bad {
			bad++
		}
	}
	if len(shown) > 50 || bad < 2 || left+len(shown) < 500 || left+len(shown) > 510 {
		t.Errorf("%d shown, %d left out, %d of them bad", len(shown), left, bad)
	}
}

// A distribution has a bar for each quantile, the longest one the width; nothing is
// drawn of one that is 0 throughout.
func TestDistributions(t *testing.T) {
	of := func(name string, v float64) report.Number { return report.Number{Name: name, Value: v, Unit: "ms"} }
	got := figuresOf(report.Record{Numbers: []report.Number{
		of("leak window p50", 50), of("calls", 7), of("leak window max", 200), of("in flight p50", 0), of("in flight max", 0),
	}})
	if len(got) != 1 || got[0].Label != "leak window: p50 50 ms, max 200 ms" || got[0].Bars[0].Width != figureWidth/4 || got[0].Bars[1].Width != figureWidth {
		t.Errorf("%+v", got)
	}
}

// What cannot be is marked on the time line, and each client has a row.
func TestATimeLine(t *testing.T) {
	l := timeLineOf(sample.Violation().Records[0])
	if l == nil || len(l.Clients) != 4 || len(l.Spans) != 5 || l.Spans[4].Class != "bad" || l.Spans[1].Class != "logout" || l.Spans[4].X < l.Proof {
		t.Fatalf("%+v", l)
	}
	for _, s := range l.Spans {
		if s.X < lineLeft || s.X+s.Width > lineLeft+lineWidth+3 {
			t.Errorf("%+v is outside", s)
		}
	}
	if timeLineOf(report.Record{Steps: []report.Step{{Text: "call"}}}) != nil {
		t.Error("a time line of nothing")
	}
}
