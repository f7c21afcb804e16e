package conformance

import (
	"fmt"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
)

// tell turns a record of the run into the outcome of a subtest.
func tell(t testing.TB, run report.Run, r report.Record, short bool) {
	t.Helper()
	omitted := short && tooLong(r)
	r.Why = strings.ReplaceAll(r.Why, maxWait, "Options.MaxWait")
	switch {
	case r.Verdict == report.Pass:
		if len(r.Notes) > 0 {
			t.Log(strings.Join(r.Notes, "\n"))
		}
	case r.Warning(run.Strict):
		t.Logf("warning: %s", text(run, r))
	case omitted:
		t.Skipf("not run with -short: %s", r.Why)
	case r.Verdict == report.NotRun && !r.LeavesGap():
		t.Skipf("not run: %s", r.Why)
	default:
		t.Errorf("%s: %s", r.Verdict, text(run, r))
	}
}

// maxWait is the limit of waiting, as records call it.
const maxWait = "--max-wait"

// tooLong reports whether the record's scenario did not run because of the limit
// of waiting.
func tooLong(r report.Record) bool { return r.Verdict == report.NotRun && r.TooLong > 0 }

// text says why a record says what it says, what caused that and what mends it.
func text(run report.Run, r report.Record) string {
	var b strings.Builder
	b.WriteString(r.Reason())
	for _, c := range run.Causes {
		if c.ID == r.Cause && len(c.Scenarios) == 1 { // else it is in the evidence
			field(&b, "cause", c.Title)
		}
	}
	for _, f := range run.Evidence(r) {
		if f.Name != "why" {
			field(&b, f.Name, f.Text)
		}
	}
	for _, n := range r.Notes {
		field(&b, "note", n)
	}
	return b.String()
}

func field(b *strings.Builder, name, text string) {
	if name != "" {
		name += ":"
	}
	fmt.Fprintf(b, "\n%-13s%s", name, strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", 13)))
}

// mostScenarios is how many scenarios a cause names.
const mostScenarios = 6

// causes sums up what is wrong, worst first.
func causes(run report.Run) string {
	var b strings.Builder
	b.WriteString("what is wrong, worst first:")
	for i, c := range run.Causes {
		title := c.Title
		if c.Warning {
			title = "warning: " + title
		}
		fmt.Fprintf(&b, "\n%d. %s", i+1, title)
		for _, seen := range c.Seen {
			field(&b, "   seen", seen)
		}
		field(&b, "   fix", c.Fix)
		named := c.Scenarios[:min(mostScenarios, len(c.Scenarios))]
		shown := strings.Join(named, ", ")
		if more := len(c.Scenarios) - len(named); more > 0 {
			shown += fmt.Sprintf(" and %d more", more)
		}
		field(&b, "   scenarios", shown)
	}
	return b.String()
}
