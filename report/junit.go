package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/jstemmer/go-junit-report/v2/junit"
)

// WriteJUnit renders the run as JUnit XML, a suite for each group. A fail is a
// <failure>, an error, an inconclusive and an undecided an <error>, a notrun a
// <skipped> with its reason. A failed should or may is a pass with a note in
// <system-out>, unless the run is strict. What keeps a run from conformance
// without a record of its own stands in a suite named "run", so that no reader
// takes the document for more than the run proved.
func WriteJUnit(w io.Writer, r Run) error {
	r = r.AsStored()
	all := junit.Testsuites{Name: "revocheck " + printable(r.Subject.Name), Time: seconds(r.Duration)}
	for _, g := range append(groupsOf(r.Records), group{name: "run"}) {
		suite := newSuite(r, g)
		if g.name == "run" {
			addGaps(&suite, r)
		}
		if suite.Tests > 0 {
			suite.ID = len(all.Suites)
			all.AddSuite(suite)
		}
	}
	if _, err := io.WriteString(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"); err != nil {
		return err
	}
	return all.WriteXML(w)
}

func newSuite(r Run, g group) junit.Testsuite {
	suite := junit.Testsuite{Name: printable(g.name)}
	if !r.Started.IsZero() {
		suite.SetTimestamp(r.Started)
	}
	for _, p := range properties(r) {
		suite.AddProperty(p[0], printable(p[1]))
	}
	var total Duration
	for _, rec := range g.records {
		suite.AddTestcase(testcase(rec, r.Strict))
		total += rec.Duration
	}
	suite.Time = seconds(total)
	return suite
}

func properties(r Run) [][2]string {
	return [][2]string{
		{"tool", strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version)},
		{"subject", r.Subject.Name},
		{"kind", r.Subject.Kind},
		{"endpoints", strings.Join(r.Subject.Endpoints, ", ")},
		{"details", strings.Join(detailsOf(r.Subject), ", ")},
		{"profile", r.Profile},
		{"strict", fmt.Sprint(r.Strict)},
		{"seed", fmt.Sprint(r.Seed)},
		{"conclusion", r.Worst().String()},
	}
}

func testcase(r Record, strict bool) junit.Testcase {
	tc := junit.Testcase{
		Name:      printable(r.ID),
		Classname: "revocheck." + printable(groupOf(r.ID)),
		Time:      seconds(r.Duration),
	}
	if out := told(r, strict); out != "" {
		tc.SystemOut = &junit.Output{Data: out}
	}
	switch {
	case r.Verdict == Pass || r.Warning(strict):
	case r.Verdict == Fail:
		tc.Failure = result(r, r.Level.String())
	case r.Verdict == NotRun:
		tc.Skipped = &junit.Result{Message: printable(reason(r.Why))}
	default:
		tc.Error = result(r, r.Verdict.String())
	}
	return tc
}

func result(r Record, kind string) *junit.Result {
	return &junit.Result{Message: printable(reason(r.Why)), Type: kind, Data: evidence(r)}
}

// told is what a reader needs beside the outcome: a warning, what was measured
// and what was noted.
func told(r Record, strict bool) string {
	var lines []string
	if r.Warning(strict) {
		lines = append(lines, "warning: a "+r.Level.String()+" failed", evidence(r))
	}
	for _, n := range r.Numbers {
		lines = append(lines, printable(n.String()))
	}
	for _, n := range slices.Concat(r.Observed, r.Notes) {
		lines = append(lines, printable(n))
	}
	return strings.Join(lines, "\n")
}

// evidence is what the terminal shows of a failure, without colour.
func evidence(r Record) string {
	var text strings.Builder
	s := newScreen(&text, TerminalOptions{})
	s.entry(0, plain, "", fmt.Sprintf("%s: %s (%s)", r.ID, r.Title, r.Level))
	s.evidence(r)
	_ = s.flush() // a strings.Builder takes everything
	return text.String()
}

// addGaps adds what no record says.
func addGaps(suite *junit.Testsuite, r Run) {
	for i, gap := range r.Gaps {
		suite.AddTestcase(skipped(fmt.Sprintf("run/gap-%d", i+1), gap))
	}
	for _, id := range r.Omitted {
		suite.AddTestcase(skipped(id, "left out by the selection"))
	}
	worst := r.Worst()
	if worst == r.Conclude() && worst != Unconcluded {
		return
	}
	tc := skipped("run/conclusion", "")
	tc.Skipped = nil
	tc.Error = &junit.Result{Type: worst.String(), Message: printable(fmt.Sprintf("the run is %s: %s", worst, reason(r.Why)))}
	suite.AddTestcase(tc)
}

func skipped(name, why string) junit.Testcase {
	return junit.Testcase{
		Name:      printable(name),
		Classname: "revocheck.run",
		Time:      seconds(0),
		Skipped:   &junit.Result{Message: printable(why)},
	}
}

func seconds(d Duration) string { return fmt.Sprintf("%.3f", time.Duration(d).Seconds()) }
