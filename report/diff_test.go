package report_test

import (
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

func rec(id string, v report.Verdict) report.Record {
	r := report.Record{ID: id, Title: "Title of " + id, Verdict: v}
	if v != report.Pass {
		r.Why = "the reason for " + v.String()
	}
	return r
}

func run(records ...report.Record) report.Run {
	r := sample.Base(report.Unconcluded, records...)
	r.Conclusion = r.Conclude()
	return r
}

func TestDiffOfVerdicts(t *testing.T) {
	should := rec("a/x", report.Fail)
	should.Level = report.Should
	none := []report.Record{rec("z/stays", report.Pass)}
	tests := map[string]struct {
		before, after []report.Record
		kind          report.Kind
		worse         bool
	}{
		"pass, then fail":           {[]report.Record{rec("a/x", report.Pass)}, []report.Record{rec("a/x", report.Fail)}, report.Changed, true},
		"fail, then pass":           {[]report.Record{rec("a/x", report.Fail)}, []report.Record{rec("a/x", report.Pass)}, report.Changed, false},
		"pass, then inconclusive":   {[]report.Record{rec("a/x", report.Pass)}, []report.Record{rec("a/x", report.Inconclusive)}, report.Changed, true},
		"not run, then fail":        {[]report.Record{rec("a/x", report.NotRun)}, []report.Record{rec("a/x", report.Fail)}, report.Changed, true},
		"error, then inconclusive":  {[]report.Record{rec("a/x", report.Error)}, []report.Record{rec("a/x", report.Inconclusive)}, report.Changed, false},
		"appeared as a pass":        {none, []report.Record{rec("a/x", report.Pass)}, report.Appeared, false},
		"appeared as a failure":     {none, []report.Record{rec("a/x", report.Fail)}, report.Appeared, true},
		"appeared as a warning":     {none, []report.Record{should}, report.Appeared, false},
		"a pass vanished":           {[]report.Record{rec("a/x", report.Pass)}, none, report.Vanished, true},
		"a failure vanished":        {[]report.Record{rec("a/x", report.Fail)}, none, report.Vanished, false},
		"not run, and then missing": {[]report.Record{rec("a/x", report.NotRun)}, none, report.Vanished, false},
	}
	for name, tt := range tests {
		d := report.Diff(run(tt.before...), run(tt.after...))
		i := 0
		for i < len(d.Changes) && d.Changes[i].ID != "a/x" {
			i++
		}
		if i == len(d.Changes) {
			t.Errorf("%s: no change of a/x in %+v", name, d.Changes)
		} else if c := d.Changes[i]; c.Kind != tt.kind || c.Worse != tt.worse {
			t.Errorf("%s: %s, worse %v", name, c.Kind, c.Worse)
		}
	}
}

func TestDiffOfARunWithItselfIsEmpty(t *testing.T) {
	for name, r := range sample.Runs {
		d := report.Diff(r, r)
		if len(d.Changes)+len(d.Notes) > 0 || d.ExitCode() != 0 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestDiffExitCode(t *testing.T) {
	good, bad := run(rec("a/x", report.Pass)), run(rec("a/x", report.Fail))
	gap := good
	gap.Gaps = []string{"interrupted"}
	gap.Conclusion = report.Partial
	for _, tt := range []struct {
		before, after report.Run
		want          int
	}{{good, bad, 1}, {bad, good, 0}, {good, gap, 1}, {gap, good, 0}, {good, run(), 1}, {run(), good, 0}} {
		if got := report.Diff(tt.before, tt.after).ExitCode(); got != tt.want {
			t.Errorf("%v, then %v: exit %d, want %d", tt.before.Conclusion, tt.after.Conclusion, got, tt.want)
		}
	}
}

func TestDiffSaysWhatElseDiffers(t *testing.T) {
	other := sample.Runs["conformant"]
	other.Profile, other.Strict = "full", true
	other.Subject.Details = map[string]string{"strategy": "bloom"}
	other.Tool.Version = "2.0.0"
	if notes := report.Diff(sample.Runs["conformant"], other).Notes; len(notes) != 4 {
		t.Errorf("notes: %q", notes)
	}
}
