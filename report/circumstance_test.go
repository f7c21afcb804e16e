package report_test

import (
	"testing"
	"time"

	"github.com/revocheck/revocheck/report"
)

// deadCall is a plain call of a token that was logged out.
func deadCall(got string, life, age, since time.Duration) report.Step {
	return report.Step{OK: got == "refused", Call: &report.Call{
		Token: "T#" + life.String() + age.String(), Dead: true, Method: "GET", Path: "/a", Got: got,
		Life: report.Duration(life), Age: report.Duration(age), Since: report.Duration(since),
	}}
}

// TestCircumstanceIsMeasured: where the plainest call is refused, a leak is put down to
// the time that tells its tokens from the refused ones, and to chance where
// a token in the same circumstances was refused.
func TestCircumstanceIsMeasured(t *testing.T) {
	const hour, day = time.Hour, 24 * time.Hour
	short := deadCall("refused", hour, 0, time.Second)
	for what, c := range map[string]struct {
		steps []report.Step
		where report.Where
		title string
	}{
		"a long life": {
			[]report.Step{deadCall("refused", 7*day, 0, 0), deadCall("accepted", 31*day, 0, 0)},
			nil, "A logged-out token is still accepted if it lives for 31 days or longer",
		},
		"a late logout": {
			[]report.Step{deadCall("refused", hour, 10*time.Second, 0), deadCall("accepted", hour, 30*time.Minute, 0)},
			nil, "A logged-out token is still accepted if it is logged out 30m or less before its exp",
		},
		"the first call": {
			[]report.Step{deadCall("accepted", hour, 0, 0), deadCall("refused", hour, 0, 0)},
			nil, "A logged-out token is still accepted right after its logout, and refused when called again",
		},
		"chance": {
			[]report.Step{deadCall("refused", hour, 0, 0), deadCall("accepted", hour, 0, 0), deadCall("refused", hour, 0, 0)},
			nil, "A logged-out token is still accepted at times",
		},
		"a time after the logout": {
			[]report.Step{deadCall("refused", hour, 0, 0), deadCall("accepted", hour, 0, time.Minute)},
			report.Where{report.AtTime: report.SomeTimeLater}, "A logged-out token is still accepted 1m after its logout",
		},
	} {
		t.Run(what, func(t *testing.T) {
			run := report.Run{Records: []report.Record{
				{ID: "lifecycle/logout-ends-token", Verdict: report.Pass, Steps: []report.Step{short}},
				{ID: "retention/x", Verdict: report.Fail, Steps: c.steps, Finding: &report.Finding{Observable: report.DeadAccepted, Where: c.where}},
			}}
			if got := run.WithCauses().Causes[0].Title; got != c.title {
				t.Errorf("%q, want %q", got, c.title)
			}
		})
	}
}
