package loadgen

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares with a file that a person has read.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; got:\n%s", file, got)
	}
}

func TestTerminal(t *testing.T) {
	r := storedResult(0.1)
	r.Notes = []string{"a note"}
	r.Precision = &Precision{Asked: 0.02, Got: 0.031}
	r.Sequential = &Sequential{DiffMs: [3]Interval{{0.3, 0.25, 0.35, 20}}}
	var out bytes.Buffer
	if err := r.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "terminal.txt", out.String())
}

func TestTerminalOfAnUnreliableRun(t *testing.T) {
	r := storedResult(0)
	for i := range r.Pairs {
		r.Pairs[i].Late = i < 20
	}
	r.Overheads, r.Dropped, r.Reliable = analyse(r.Pairs, 1), 20, false
	r.Stopped = "target unreachable: it restarted"
	r.Subject.Tally.add(Revoked, Leak, 200, "")
	r.Thresholds = nil
	r.Judge(Limits{Overhead: map[string]float64{"p50": 0.05}})
	var out bytes.Buffer
	if err := r.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "unreliable.txt", out.String())
}

func TestPlotsAreWellFormedAndHaveNoScript(t *testing.T) {
	r := storedResult(0.1)
	r.Subject.Name = `a<b>&"c"`
	s := &Sweep{Of: "revoked tokens", Points: []SweepPoint{{X: 0, Overheads: r.Overheads}, {X: 1e6, Overheads: r.Overheads}}}
	for name, plot := range map[string]func(io.Writer) error{
		"timeline": r.PlotTimeline, "percentiles": r.PlotPercentiles, "overhead": r.PlotOverhead, "cost": s.Plot,
		"empty timeline": (&Result{}).PlotTimeline, "empty percentiles": (&Result{}).PlotPercentiles, "empty cost": (&Sweep{}).Plot,
	} {
		var out bytes.Buffer
		if err := plot(&out); err != nil {
			t.Fatal(err)
		}
		checkSVG(t, name, out.String())
	}
}

func checkSVG(t *testing.T, name, text string) {
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
	for _, bad := range []string{"NaN", "Inf", "http://", "https://"} {
		if strings.Contains(strings.Replace(text, "http://www.w3.org/2000/svg", "", 1), bad) {
			t.Errorf("%s holds %q", name, bad)
		}
	}
}

func TestHDRText(t *testing.T) {
	var h Histogram
	for n := range 100 {
		h.Add(time.Duration(n+1) * ms)
	}
	var out bytes.Buffer
	if err := h.WriteHDR(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "percentiles.hgrm", out.String())
}

func TestBenchstatText(t *testing.T) {
	r := storedResult(0.1)
	r.Pairs = []Pair{{Baseline: [3]float64{1, 2, 3}, Subject: [3]float64{1.5, 2.5, 3.5}, Control: [3]float64{1, 2, 3}}, {Late: true}}
	r.Subject.Name = "deny list/x"
	var out bytes.Buffer
	if err := r.WriteBenchstat(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "benchstat.txt", out.String())
}

func TestSweepTable(t *testing.T) {
	r := storedResult(0.1)
	s := &Sweep{Of: "revoked tokens", Points: []SweepPoint{
		{X: 0, Overheads: r.Overheads, Reliable: true}, {X: 1e6, Overheads: r.Overheads, BytesEach: 128.4, Bad: 3, Reliable: true}}}
	var out bytes.Buffer
	if err := s.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "sweep.txt", out.String())
}
