package writer

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/internal/example"
	"github.com/revocheck/revocheck/loadgen/limit"
	"github.com/revocheck/revocheck/loadgen/stats"
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
	r := example.Result(0.1)
	r.Notes = []string{"a note"}
	r.Precision = &loadgen.Precision{Asked: 0.02, Got: 0.031}
	r.Sequential = &loadgen.Sequential{DiffMs: [3]stats.Interval{{Point: 0.3, Lo: 0.25, Hi: 0.35, N: 20}}}
	var out bytes.Buffer
	if err := Text(&out, r); err != nil {
		t.Fatal(err)
	}
	golden(t, "terminal.txt", out.String())
}

func TestTerminalOfAnUnreliableRun(t *testing.T) {
	r := example.Result(0)
	for i := range r.Pairs {
		r.Pairs[i].Late = i < 20
	}
	r.Overheads, r.Dropped, r.Reliable = stats.Analyse(r.Pairs, 1), 20, false
	r.Stopped = "target unreachable: it restarted"
	r.Subject.Tally.Add(loadgen.Revoked, loadgen.Leak, 200, "")
	r.Thresholds = nil
	r.Judge(limit.Limits{Overhead: map[string]float64{"p50": 0.05}})
	var out bytes.Buffer
	if err := Text(&out, r); err != nil {
		t.Fatal(err)
	}
	golden(t, "unreliable.txt", out.String())
}

func TestBenchstatText(t *testing.T) {
	r := example.Result(0.1)
	r.Pairs = []stats.Pair{{Baseline: [3]float64{1, 2, 3}, Subject: [3]float64{1.5, 2.5, 3.5}, Control: [3]float64{1, 2, 3}}, {Late: true}}
	r.Subject.Name = "deny list/x"
	var out bytes.Buffer
	if err := Benchstat(&out, r); err != nil {
		t.Fatal(err)
	}
	golden(t, "benchstat.txt", out.String())
}

func TestSweepTable(t *testing.T) {
	r := example.Result(0.1)
	s := &loadgen.Sweep{Of: "revoked tokens", Points: []loadgen.SweepPoint{
		{X: 0, Overheads: r.Overheads, Reliable: true}, {X: 1e6, Overheads: r.Overheads, BytesEach: 128.4, Bad: 3, Reliable: true}}}
	var out bytes.Buffer
	if err := Sweep(&out, s); err != nil {
		t.Fatal(err)
	}
	golden(t, "sweep.txt", out.String())
}
