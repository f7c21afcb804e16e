package report_test

import (
	"testing"
	"time"

	"github.com/revocheck/revocheck/report"
)

var day = time.Date(2026, 11, 28, 23, 0, 0, 0, time.UTC)

// leaky is a run with one cause of two failures, a third failure, and a pass.
func leaky() report.Run {
	dead := report.Finding{Observable: report.DeadAccepted}
	r := report.Run{Conclusion: report.Nonconformant, Records: []report.Record{
		{ID: "a/1", Verdict: report.Fail, Why: "w", Finding: &dead}, {ID: "a/2", Verdict: report.Fail, Why: "w", Finding: &dead},
		{ID: "b/1", Verdict: report.Fail, Why: "w"}, {ID: "c/1", Verdict: report.Pass},
	}}
	return r.WithCauses()
}

func until(date string, e report.Expected) report.Expected {
	e.Reason, e.Until = "known", date
	return e
}

func TestWhatIsExpectedDecidesTheExitCode(t *testing.T) {
	r := leaky()
	cause := until("2027-03-31", report.Expected{Cause: r.Causes[0].ID})
	third := until("2027-03-31", report.Expected{Scenario: "b/1"})
	for name, c := range map[string]struct {
		entries []report.Expected
		want    int
	}{
		"none":                  {nil, report.ExitNonconformant},
		"all of them":           {[]report.Expected{cause, third}, report.ExitConformant},
		"the cause alone":       {[]report.Expected{cause}, report.ExitNonconformant},
		"scenario by scenario":  {[]report.Expected{until("2026-11-28", report.Expected{Scenario: "a/1"}), until("2026-11-28", report.Expected{Scenario: "a/2"}), third}, report.ExitConformant},
		"one that passed":       {[]report.Expected{cause, third, until("2027-03-31", report.Expected{Scenario: "c/1"})}, report.ExitNonconformant},
		"a cause that is gone":  {[]report.Expected{cause, third, until("2027-03-31", report.Expected{Cause: "gone"})}, report.ExitNonconformant},
		"one that was not run":  {[]report.Expected{cause, third, until("2027-03-31", report.Expected{Scenario: "d/1"})}, report.ExitConformant},
		"one that lapsed":       {[]report.Expected{cause, until("2026-11-27", report.Expected{Scenario: "b/1"})}, report.ExitNonconformant},
		"lapsed and not needed": {[]report.Expected{cause, third, until("2026-11-27", report.Expected{Scenario: "d/1"})}, report.ExitNonconformant},
	} {
		got := r.Expecting(c.entries, day)
		if code := report.ExitCode(got, false); code != c.want {
			t.Errorf("%s: exit code %d, want %d (%s)", name, code, c.want, got.Concluded())
		}
		if got.Worst() != report.Nonconformant {
			t.Errorf("%s: the run is %s, and its failures are still there", name, got.Worst())
		}
	}
}

func TestABaselineHidesNothingElse(t *testing.T) {
	gone := until("2027-03-31", report.Expected{Scenario: "a/1"})
	for name, c := range map[string]struct {
		run  report.Run
		want int
	}{
		"nothing was tested":                          {report.Run{}, report.ExitBroken},
		"the harness broke":                           {report.Run{Conclusion: report.Broken, Records: []report.Record{{ID: "a/2", Verdict: report.Error}}}, report.ExitBroken},
		"a gap beside the failure":                    {report.Run{Conclusion: report.Nonconformant, Records: []report.Record{{ID: "a/1", Verdict: report.Fail, Why: "w"}, {ID: "a/2", Verdict: report.Inconclusive, Why: "w"}}}, report.ExitPartial},
		"a run that says it is bad and shows nothing": {report.Run{Conclusion: report.Nonconformant, Records: []report.Record{{ID: "a/2", Verdict: report.Pass}}}, report.ExitNonconformant},
		"only the known failure":                      {report.Run{Conclusion: report.Nonconformant, Records: []report.Record{{ID: "a/1", Verdict: report.Fail, Why: "w"}}}, report.ExitConformant},
		"a cause not found by a part of the run":      {report.Run{Conclusion: report.Partial, Omitted: []string{"x/1"}, Records: []report.Record{{ID: "a/2", Verdict: report.Pass}}}, report.ExitPartial},
	} {
		entries := []report.Expected{gone}
		if len(c.run.Omitted) > 0 {
			entries = []report.Expected{until("2027-03-31", report.Expected{Cause: "elsewhere"})}
		}
		if code := report.ExitCode(c.run.Expecting(entries, day), false); code != c.want {
			t.Errorf("%s: exit code %d, want %d", name, code, c.want)
		}
	}
}
