package chart_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/loadgen/plot/chart"
)

func TestAChartIsWellFormedWhateverItShows(t *testing.T) {
	hostile := chart.Chart{
		Title: `a<b>&"c"`, Says: "<script>", X: chart.Axis{Name: "<x>", Log: true}, Y: chart.Axis{Log: true},
		Lines:  []chart.Line{{Name: "<l>", Points: []chart.Point{{X: 0, Y: math.NaN()}, {X: -1, Y: math.Inf(1)}, {X: 5, Y: 7}}}, {Name: "none"}},
		Bars:   []chart.Bar{{From: chart.Point{X: 1}, To: chart.Point{X: math.Inf(-1)}}},
		Notes:  []chart.Note{{At: chart.Point{X: 1, Y: 1}, Text: "&"}},
		Shades: []chart.Shade{{From: -5, To: math.Inf(1), Text: "<s>"}}, LabelsAtEnd: true,
	}
	for name, c := range map[string]chart.Chart{
		"empty": {}, "hostile": hostile, "logarithmic and empty": {X: chart.Axis{Log: true}, Y: chart.Axis{Log: true}},
		"one point": {Lines: []chart.Line{{Points: []chart.Point{{X: 3, Y: 3}}}}},
	} {
		wellFormed(t, name, draw(t, c))
	}
}

func draw(t *testing.T, c chart.Chart) string {
	t.Helper()
	var out bytes.Buffer
	if err := c.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func wellFormed(t *testing.T, name, text string) {
	t.Helper()
	dec := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("%s is not XML: %v", name, err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "script" {
			t.Errorf("%s has a script", name)
		}
	}
	if strings.Contains(text, "NaN") || strings.Contains(text, "Inf") {
		t.Errorf("%s holds what is no number:\n%s", name, text)
	}
}

func TestNamesAtTheEndsOfLinesDoNotOverlap(t *testing.T) {
	c := chart.Chart{LabelsAtEnd: true}
	for _, name := range []string{"one", "two", "three"} {
		c.Lines = append(c.Lines, chart.Line{Name: name, Points: []chart.Point{{X: 0, Y: 1}, {X: 1, Y: 0}}})
	}
	seen := map[string]bool{}
	dec := xml.NewDecoder(strings.NewReader(draw(t, c)))
	var y string
	for token, err := dec.Token(); err == nil; token, err = dec.Token() {
		switch at := token.(type) {
		case xml.StartElement:
			y = ""
			for _, a := range at.Attr {
				if a.Name.Local == "y" {
					y = a.Value
				}
			}
		case xml.CharData:
			if s := string(at); s == "one" || s == "two" || s == "three" {
				if seen[y] {
					t.Errorf("two names stand at y=%s", y)
				}
				seen[y] = true
			}
		}
	}
	if len(seen) != 3 {
		t.Errorf("%d names, want 3", len(seen))
	}
}

func TestTheEndsOfAnAxisHoldWhatIsDrawn(t *testing.T) {
	c := chart.Chart{X: chart.Axis{Log: true, Ticks: []chart.Tick{{At: 1, Text: "first"}, {At: 1000, Text: "last"}, {At: 1e6, Text: "beyond"}}},
		Lines: []chart.Line{{Points: []chart.Point{{X: 1, Y: 0}, {X: 1000, Y: 1}}}}}
	text := draw(t, c)
	if !strings.Contains(text, ">first<") || !strings.Contains(text, ">last<") || strings.Contains(text, ">beyond<") {
		t.Errorf("the ticks:\n%s", text)
	}
}
