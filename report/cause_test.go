package report_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

// broke is a failed record that saw this, where that differed.
func broke(id string, o report.Observable, where report.Where) report.Record {
	r := sample.LeakAt(id, where)
	r.Finding.Observable = o
	return r
}

func withCauses(records ...report.Record) report.Run {
	return sample.Base(report.Nonconformant, records...).WithCauses()
}

// explained lists what each cause explains, worst first.
func explained(r report.Run) []string {
	var all []string
	for _, c := range r.Causes {
		all = append(all, strings.Join(c.Scenarios, " "))
	}
	return all
}

func TestCausesJoinOnObservableAndNarrowing(t *testing.T) {
	head, post := report.Where{report.ByMethod: "HEAD"}, report.Where{report.ByMethod: "POST"}
	http2 := report.Where{report.OverWire: "http2"}
	both := report.Where{report.ByMethod: "HEAD", report.OverWire: "http2"}
	later := report.Where{report.AtTime: "later"}
	restart := report.Where{report.AfterEvent: "a restart"}
	const dead = report.DeadAccepted
	for name, c := range map[string]struct {
		records []report.Record
		want    []string
	}{
		"the plain leak explains the narrower ones": {
			[]report.Record{broke("a/2", dead, head), broke("a/1", dead, nil), broke("a/3", dead, later)}, []string{"a/1 a/2 a/3"}},
		"the more basic scenario comes first": {
			[]report.Record{broke("a/1", dead, nil), broke("lifecycle/logout-ends-token", dead, nil)}, []string{"lifecycle/logout-ends-token a/1"}},
		"two methods are one narrowing": {
			[]report.Record{broke("a/1", dead, head), broke("a/2", dead, post)}, []string{"a/1 a/2"}},
		"a method and a connection are two": {
			[]report.Record{broke("a/1", dead, head), broke("a/2", dead, http2)}, []string{"a/1", "a/2"}},
		"what has both is explained by the first": {
			[]report.Record{broke("a/3", dead, both), broke("a/1", dead, head), broke("a/2", dead, http2)}, []string{"a/1 a/3", "a/2"}},
		"other times are other causes": {
			[]report.Record{broke("a/1", dead, later), broke("a/2", dead, restart)}, []string{"a/1", "a/2"}},
		"another observable is another cause, the worse one first": {
			[]report.Record{broke("a/1", report.WrongShape, nil), broke("a/2", report.LiveRefused, nil), broke("a/3", report.StrangerAccepted, nil), broke("a/4", dead, nil)},
			[]string{"a/4", "a/3", "a/2", "a/1"}},
		"what takes only a wait comes before what takes a trick": {
			[]report.Record{broke("a/1", dead, report.Where{report.InSpelling: "padding"}), broke("a/2", dead, later)}, []string{"a/2", "a/1"}},
		"what says nothing stands alone": {
			[]report.Record{{ID: "a/1", Verdict: report.Fail}, {ID: "a/2", Verdict: report.Fail}}, []string{"a/1", "a/2"}},
		"what passed has none": {[]report.Record{{ID: "a/1", Verdict: report.Pass}}, nil},
	} {
		if got := explained(withCauses(c.records...)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// Who breaks where a more basic scenario broke did not reach its own
// requirement; who adds a method to the narrowing did.
func TestReached(t *testing.T) {
	head, post := report.Where{report.ByMethod: "HEAD"}, report.Where{report.ByMethod: "POST"}
	r := withCauses(broke("a/1", report.DeadAccepted, head), broke("a/2", report.DeadAccepted, post), broke("a/3", report.DeadAccepted, head))
	for i, want := range []bool{true, true, false} {
		if got := r.Records[i].Reached == nil || *r.Records[i].Reached; got != want || r.Records[i].Cause != r.Causes[0].ID {
			t.Errorf("%s: reached %v, cause %q", r.Records[i].ID, got, r.Records[i].Cause)
		}
		if r.Records[i].Verdict != report.Fail {
			t.Errorf("%s: %v", r.Records[i].ID, r.Records[i].Verdict)
		}
	}
	if again := r.WithCauses(); !slices.Equal(explained(again), explained(r)) || len(again.Causes[0].Where[report.ByMethod]) != 2 {
		t.Errorf("worked out again: %+v", again.Causes)
	}
}

// A plain leak where the plain scenario passed is one at times.
func TestALeakAtTimes(t *testing.T) {
	r := withCauses(report.Record{ID: "lifecycle/logout-ends-token", Verdict: report.Pass}, broke("replay/hammered", report.DeadAccepted, nil))
	if got := r.Causes[0].Title; got != "A logged-out token is still accepted at times" {
		t.Error(got)
	}
}

// The narrowing is what the run saw, and the fix names it.
func TestNarrowingIsMeasured(t *testing.T) {
	c := sample.GetUnchecked().Causes[0]
	if want := "accepted by GET; refused by DELETE, HEAD, POST, PUT"; !slices.Contains(c.Seen, want) {
		t.Errorf("seen %q", c.Seen)
	}
	if !strings.Contains(c.Fix, "by GET as by DELETE") || !strings.Contains(c.Risk, "until exp, 59m59s more (CWE-613)") {
		t.Errorf("fix %q, risk %q", c.Fix, c.Risk)
	}
	if c := sample.ClientSide().Causes[0]; len(c.Seen) != 1 {
		t.Errorf("seen without any other method tried: %q", c.Seen)
	}
}

// A live control that is refused in a scenario about something else has a fix
// of its own.
func TestARefusedLiveControlHasItsOwnFix(t *testing.T) {
	if got := withCauses(broke("respelling/padding", report.LiveRefused, nil)).Causes[0].Fix; strings.Contains(got, "respelling") {
		t.Error(got)
	}
	if got := withCauses(broke("isolation/no-over-block", report.LiveRefused, nil)).Causes[0].Fix; got != "The fix of isolation/no-over-block." {
		t.Error(got)
	}
}

// A dead token that was accepted is a failure, whatever the scenario's level;
// another failed should is a warning, and its cause comes last.
func TestALeakIsNeverAWarning(t *testing.T) {
	leak, shape := broke("retention/past-300s", report.DeadAccepted, nil), broke("wire/refusal-shape", report.WrongShape, nil)
	leak.Level, leak.Leak, shape.Level = report.Should, true, report.Should
	if leak.Warning(false) || report.Conclude([]report.Record{leak}, false) != report.Nonconformant {
		t.Error("an acceptance that was seen is a warning")
	}
	over := broke("a/1", report.LoginFailed, nil)
	r := withCauses(shape, over)
	if len(r.Causes) != 2 || r.Causes[0].Warning || !r.Causes[1].Warning {
		t.Errorf("%+v", r.Causes)
	}
}
