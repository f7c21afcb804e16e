// Package junit renders runs as JUnit XML, for CI systems.
package junit

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
)

// Write renders the run as JUnit XML, a suite for each group, which holds to the
// strict schema that Jenkins checks by. A fail is a
// <failure>, an error, an inconclusive and an undecided an <error>, a notrun a
// <skipped> with its reason. A failed should or may is a pass with a note in
// <system-out>, unless the run is strict. What keeps a run from conformance
// without a record of its own stands in a suite named "run", so that no reader
// takes the document for more than the run proved.
func Write(w io.Writer, r report.Run) error {
	r = r.AsStored()
	all := suites{Name: "revocheck " + report.Printable(r.Subject.Name), Time: seconds(r.Duration)}
	for _, g := range append(r.Groups(), report.Group{Name: "run"}) {
		suite := newSuite(r, g)
		if g.Name == "run" {
			addGaps(&suite, r)
		}
		if suite.Tests > 0 {
			all.add(suite)
		}
	}
	return all.write(w)
}

func newSuite(r report.Run, g report.Group) suite {
	s := suite{Name: report.Printable(g.Name)}
	if !r.Started.IsZero() {
		s.Timestamp = r.Started.Format(time.RFC3339)
	}
	for _, p := range properties(r) {
		s.Properties = append(s.Properties, property{p[0], report.Printable(p[1])})
	}
	var total report.Duration
	for _, rec := range g.Records {
		s.add(caseOf(r, rec))
		total += rec.Duration
	}
	s.Time = seconds(total)
	return s
}

func properties(r report.Run) [][2]string {
	list := [][2]string{
		{"tool", strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version)},
		{"subject", r.Subject.Name},
		{"kind", r.Subject.Kind},
		{"endpoints", strings.Join(r.Subject.Endpoints, ", ")},
		{"details", strings.Join(r.Subject.DetailList(), ", ")},
		{"profile", r.Profile},
		{"strict", fmt.Sprint(r.Strict)},
		{"seed", fmt.Sprint(r.Seed)},
		{"conclusion", r.Concluded()},
	}
	for i, c := range r.Causes {
		list = append(list, [2]string{fmt.Sprintf("cause %d", i+1), fmt.Sprintf("%s (%d scenarios, first %s)", c.Title, len(c.Scenarios), c.First())})
	}
	return list
}

func caseOf(run report.Run, r report.Record) testcase {
	strict := run.Strict
	tc := testcase{
		Name:      report.Printable(r.ID),
		Classname: "revocheck." + report.Printable(report.GroupOf(r.ID)),
		Time:      seconds(r.Duration),
	}
	if out := told(run, r); out != "" {
		tc.SystemOut = &output{Data: out}
	}
	expected, known := run.Expected(r)
	switch {
	case known:
		tc.Skipped = &output{Data: report.Printable("expected to fail until " + expected.Until + ": " + expected.Reason)}
	case r.Verdict == report.Pass || r.Warning(strict):
	case r.Verdict == report.Fail:
		tc.Failure = resultOf(run, r, r.Level.String())
	case r.Verdict == report.NotRun:
		tc.Skipped = &output{Data: report.Printable(r.Reason())}
	default:
		tc.Error = resultOf(run, r, r.Verdict.String())
	}
	return tc
}

func resultOf(run report.Run, r report.Record, kind string) *result {
	return &result{Message: report.Printable(r.Reason()), Type: kind, Data: evidence(run, r)}
}

// told is what a reader needs beside the outcome: a warning, what was measured
// and what was noted.
func told(run report.Run, r report.Record) string {
	var lines []string
	if r.Warning(run.Strict) {
		lines = append(lines, "warning: a "+r.Level.String()+" failed", evidence(run, r))
	}
	if _, known := run.Expected(r); known {
		lines = append(lines, "expected: a "+r.Level.String()+" failed", evidence(run, r))
	}
	for _, n := range r.Numbers {
		lines = append(lines, report.Printable(n.String()))
	}
	for _, n := range slices.Concat(r.Observed, r.Notes) {
		lines = append(lines, report.Printable(n))
	}
	return strings.Join(lines, "\n")
}

// evidence is what a person needs who has to mend it.
func evidence(run report.Run, r report.Record) string {
	text := report.Printable(fmt.Sprintf("%s: %s (%s)", r.ID, r.Title, r.Level)) + "\n"
	for _, f := range run.Evidence(r) {
		text += fmt.Sprintf("  %-12s %s\n", f.Name, report.Printable(f.Text))
	}
	return text
}

// addGaps adds what no record says.
func addGaps(suite *suite, r report.Run) {
	if r.Ended != "" {
		suite.add(failed("run/ended", r.Worst(), r.Ended))
	}
	for i, gap := range r.Gaps {
		suite.add(skipped(fmt.Sprintf("run/gap-%d", i+1), gap))
	}
	for _, id := range r.Omitted {
		suite.add(skipped(id, "left out by the selection"))
	}
	for _, id := range r.LeftOut {
		suite.add(skipped(id, "left out by the profile "+r.Profile))
	}
	if r.Baseline != nil && !r.Baseline.Holds() {
		suite.add(failed("run/expected", report.Nonconformant, r.Baseline.About()))
	}
	worst := r.Worst()
	if worst == r.Conclude() && worst != report.Unconcluded {
		return
	}
	suite.add(failed("run/conclusion", worst, fmt.Sprintf("the run is %s: %s", worst, r.Reason())))
}

// failed is an error of the run as a whole.
func failed(name string, of report.Conclusion, why string) testcase {
	tc := skipped(name, "")
	tc.Skipped, tc.Error = nil, &result{Type: of.String(), Message: report.Printable(why)}
	return tc
}

func skipped(name, why string) testcase {
	return testcase{
		Name:      report.Printable(name),
		Classname: "revocheck.run",
		Time:      seconds(0),
		Skipped:   &output{Data: report.Printable(why)},
	}
}

func seconds(d report.Duration) string { return fmt.Sprintf("%.3f", time.Duration(d).Seconds()) }
