package terminal

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

// The first line of the terminal is the conclusion, whatever a scenario's name
// pretends, and with Quiet it is alone.
func TestFirstLineIsTheConclusion(t *testing.T) {
	for name, run := range sample.Runs {
		for _, opts := range []Options{{}, {Verbose: true}, {Quiet: true}, {Quiet: true, Verbose: true}} {
			var out bytes.Buffer
			if err := Write(&out, run, opts); err != nil {
				t.Fatal(err)
			}
			first, rest, _ := strings.Cut(out.String(), "\n")
			if !strings.HasPrefix(first, strings.ToUpper(run.Conclusion.String())+"  ") || !strings.HasSuffix(first, " 3.2 s") {
				t.Errorf("%s: the first line is %q", name, first)
			}
			if opts.Quiet && rest != "" {
				t.Errorf("%s: more than the conclusion: %q", name, rest)
			}
		}
	}
}

// Whatever failed, the first screen is one, and a run in which all passed takes
// ten lines.
func FuzzTheFirstScreenIsOne(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, "text")
	}
	f.Add(uint64(3), sample.Hostile)
	f.Add(uint64(4), strings.Repeat("a long word ", 200))
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		run := anyRun(rand.New(rand.NewPCG(seed, seed)), text)
		most := screenful
		if run.Conclude() == report.Conformant && report.Count(run.Records, false).Warnings == 0 {
			most = 10
		}
		for _, width := range []int{0, 80} {
			var out bytes.Buffer
			if err := Write(&out, run, Options{Width: width}); err != nil {
				t.Fatal(err)
			}
			lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
			if len(lines) > most {
				t.Errorf("%d lines, at most %d:\n%s", len(lines), most, out.String())
			}
			for _, line := range lines {
				if width > 0 && runewidth.StringWidth(line) > width {
					t.Errorf("%d columns: %q", runewidth.StringWidth(line), line)
				}
			}
		}
	})
}

// anyRun draws a run of up to 80 scenarios with pieces of the text in it.
func anyRun(r *rand.Rand, text string) report.Run {
	piece := func() string { return text[r.IntN(len(text)+1):] }
	pick := func(dims ...report.Dimension) report.Where {
		return report.Where{dims[r.IntN(len(dims))]: piece(), dims[r.IntN(len(dims))]: piece()}
	}
	observables := []report.Observable{report.DeadAccepted, report.LiveRefused, report.StrangerAccepted, report.WrongShape}
	verdicts := []report.Verdict{report.Pass, report.Fail, report.Fail, report.Inconclusive, report.NotRun}
	run := sample.Base(0)
	for i := range r.IntN(80) {
		rec := report.Record{ID: fmt.Sprintf("g%d/%d%s", r.IntN(9), i, piece()), Title: piece(), Level: report.Level(r.IntN(2)),
			Verdict: verdicts[r.IntN(1+r.IntN(len(verdicts)))], Why: piece(), Fix: piece(), Refs: []string{"CWE-" + piece()}}
		if rec.Verdict == report.Fail && r.IntN(4) > 0 {
			rec.Finding = &report.Finding{Observable: observables[r.IntN(4)], Seen: []string{piece(), piece()},
				Where: pick(report.ByMethod, report.OnRoute, report.AfterEvent, report.InForm, report.OfSession)}
		}
		if rec.Verdict == report.NotRun && r.IntN(2) == 0 {
			rec.Undeclared = piece()
		}
		run.Records = append(run.Records, rec)
	}
	if r.IntN(2) == 0 {
		run.Gaps, run.Omitted, run.NotClaimed = []string{piece(), piece()}, []string{piece()}, []string{piece()}
	}
	run.Conclusion = run.Conclude()
	return run
}

// Colour is the only steering that is ever sent, and only if it was asked for.
func TestColourIsAskedFor(t *testing.T) {
	sgr := regexp.MustCompile(`\x1b\[\d+m`)
	for _, colour := range []bool{false, true} {
		var out bytes.Buffer
		if err := Write(&out, sample.Runs["hostile"], Options{Color: colour}); err != nil {
			t.Fatal(err)
		}
		if got := sgr.Match(out.Bytes()); got != colour {
			t.Errorf("colour %v: colours sent %v", colour, got)
		}
		if bare := sgr.ReplaceAllString(out.String(), ""); strings.Contains(bare, "\x1b") {
			t.Errorf("more than colours is sent: %q", bare)
		}
	}
}
