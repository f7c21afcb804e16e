package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

func render(t testing.TB, r report.Run) string {
	t.Helper()
	var out strings.Builder
	if err := Write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Of more than there is room for, what comes first is whole and the rest is said
// to be missing.
func TestASummaryIsCutWhereItIsTooLong(t *testing.T) {
	r := sample.Base(report.Nonconformant)
	for i := range 400 {
		r.Records = append(r.Records, report.Record{ID: fmt.Sprintf("own/%03d", i), Title: "Broken", Verdict: report.Fail, Core: true,
			Why: strings.Repeat("wrong ", 400), Fix: strings.Repeat("mend ", 400)})
	}
	text := render(t, r)
	if len(text) > Limit || len(text) < Limit/2 {
		t.Errorf("%d bytes", len(text))
	}
	for _, want := range []string{"**0 passed, 400 failed**", "\n### 1. ", "**Cut here: "} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%.800s", want, text)
		}
	}
}

// What was found comes before what was not.
func TestCausesComeFirst(t *testing.T) {
	text := render(t, sample.Runs["nonconformant"])
	last := -1
	for _, want := range []string{"## revocheck: NONCONFORMANT", "### 1. ", "### 2. warning: ", "### Not decided", "### Not claimed", "### By group"} {
		at := strings.Index(text, want)
		if at <= last {
			t.Errorf("%q stands at %d, after what stands at %d", want, at, last)
		}
		last = at
	}
}

// A run that leaves something without proof says so in its heading, and lists
// what it left out.
func TestTheHeadingSaysWhatIsNotProved(t *testing.T) {
	run := sample.Base(report.Conformant, report.Record{ID: "a/pass", Title: "t", Verdict: report.Pass})
	run.Profile, run.Unproven, run.LeftOut = "smoke", "retention", []string{"retention/past-60s"}
	text := render(t, run)
	for _, want := range []string{"## revocheck: CONFORMANT ", "smoke: not a proof of retention", "1 scenario for want of time: retention/past"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}
