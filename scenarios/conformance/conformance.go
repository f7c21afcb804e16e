// Package conformance runs the suite from a gateway's own go test, a subtest a
// scenario. It is public and stable, and pulls in nothing that only a command
// needs.
package conformance

import (
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
)

// Test runs every scenario that the options select against the target. A
// failed must fails its subtest; a failed should or may only with
// Options.Strict. A scenario that the target does not claim is skipped, and
// one that could not be decided fails: it is no pass.
func Test(t *testing.T, target scenarios.Target, o scenarios.Options) {
	t.Helper()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	run, err := scenarios.Run(t.Context(), target, all, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range run.Records {
		t.Run(r.ID, func(t *testing.T) { tell(t, r, o.Strict) })
	}
}

// tell turns a record into the outcome of a subtest.
func tell(t testing.TB, r report.Record, strict bool) {
	t.Helper()
	switch {
	case r.Verdict == report.Pass:
	case r.Warning(strict):
		t.Logf("warning: %s: %s", r.Requirement, r.Why)
	case r.Verdict == report.NotRun && !r.LeavesGap():
		t.Skipf("not run: %s", r.Why)
	default:
		t.Errorf("%s: %s\nrequirement: %s\n%sfix: %s", r.Verdict, r.Why, r.Requirement, lastStep(r), r.Fix)
	}
}

func lastStep(r report.Record) string {
	for _, s := range r.Steps {
		if !s.OK {
			return "step: " + s.Text + ": expected " + s.Expected + ", got " + s.Actual + "\n"
		}
	}
	return ""
}
