package report

import (
	"io"
	"testing"
)

func rec(id string, v Verdict) Record {
	r := Record{ID: id, Title: "Title of " + id, Verdict: v}
	if v != Pass {
		r.Why = "the reason for " + v.String()
	}
	return r
}

func run(records ...Record) Run {
	r := baseRun(Unconcluded, records...)
	r.Conclusion = r.Conclude()
	return r
}

func TestDiffOfVerdicts(t *testing.T) {
	should := rec("a/x", Fail)
	should.Level = Should
	none := []Record{rec("z/stays", Pass)}
	tests := map[string]struct {
		before, after []Record
		kind          Kind
		worse         bool
	}{
		"pass, then fail":           {[]Record{rec("a/x", Pass)}, []Record{rec("a/x", Fail)}, Changed, true},
		"fail, then pass":           {[]Record{rec("a/x", Fail)}, []Record{rec("a/x", Pass)}, Changed, false},
		"pass, then inconclusive":   {[]Record{rec("a/x", Pass)}, []Record{rec("a/x", Inconclusive)}, Changed, true},
		"not run, then fail":        {[]Record{rec("a/x", NotRun)}, []Record{rec("a/x", Fail)}, Changed, true},
		"error, then inconclusive":  {[]Record{rec("a/x", Error)}, []Record{rec("a/x", Inconclusive)}, Changed, false},
		"appeared as a pass":        {none, []Record{rec("a/x", Pass)}, Appeared, false},
		"appeared as a failure":     {none, []Record{rec("a/x", Fail)}, Appeared, true},
		"appeared as a warning":     {none, []Record{should}, Appeared, false},
		"a pass vanished":           {[]Record{rec("a/x", Pass)}, none, Vanished, true},
		"a failure vanished":        {[]Record{rec("a/x", Fail)}, none, Vanished, false},
		"not run, and then missing": {[]Record{rec("a/x", NotRun)}, none, Vanished, false},
	}
	for name, tt := range tests {
		d := Diff(run(tt.before...), run(tt.after...))
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
	for name, r := range samples {
		d := Diff(r, r)
		if len(d.Changes)+len(d.Notes) > 0 || d.ExitCode() != 0 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestDiffExitCode(t *testing.T) {
	good, bad := run(rec("a/x", Pass)), run(rec("a/x", Fail))
	gap := good
	gap.Gaps = []string{"interrupted"}
	gap.Conclusion = Partial
	for _, tt := range []struct {
		before, after Run
		want          int
	}{{good, bad, 1}, {bad, good, 0}, {good, gap, 1}, {gap, good, 0}, {good, run(), 1}, {run(), good, 0}} {
		if got := Diff(tt.before, tt.after).ExitCode(); got != tt.want {
			t.Errorf("%v, then %v: exit %d, want %d", tt.before.Conclusion, tt.after.Conclusion, got, tt.want)
		}
	}
}

func TestDiffSaysWhatElseDiffers(t *testing.T) {
	other := samples["conformant"]
	other.Profile, other.Strict = "full", true
	other.Subject.Details = map[string]string{"strategy": "bloom"}
	other.Tool.Version = "2.0.0"
	if notes := Diff(samples["conformant"], other).Notes; len(notes) != 4 {
		t.Errorf("notes: %q", notes)
	}
}

func TestGoldenDiff(t *testing.T) {
	after := samples["nonconformant"]
	after.Profile = "full"
	d := Diff(samples["conformant"], after)
	golden(t, "diff.txt", func(w io.Writer) error { return d.WriteTerminal(w, TerminalOptions{Width: 80}) })
	golden(t, "diff.json", d.WriteJSON)
}
