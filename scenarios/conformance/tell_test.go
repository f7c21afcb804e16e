package conformance

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/report"
)

// subtest notes what became of it.
type subtest struct {
	testing.TB
	outcome, text string
}

func (s *subtest) Helper() {}

func (s *subtest) note(outcome, format string, args ...any) {
	s.outcome, s.text = outcome, fmt.Sprintf(format, args...)
}

func (s *subtest) Logf(format string, args ...any)   { s.note("logs", format, args...) }
func (s *subtest) Skipf(format string, args ...any)  { s.note("skips", format, args...) }
func (s *subtest) Log(args ...any)                   { s.note("logs", "%s", args...) }
func (s *subtest) Errorf(format string, args ...any) { s.note("fails", format, args...) }

// Only a pass, a warning and what the target does not claim leave a subtest
// unharmed.
func TestWhatBecomesOfASubtest(t *testing.T) {
	must := func(v report.Verdict) report.Record { return report.Record{Verdict: v, Core: true, Why: "of this"} }
	should := must(report.Fail)
	should.Level = report.Should
	unclaimed := report.Record{Verdict: report.NotRun, Undeclared: "leeway", Why: "of this"}
	for name, c := range map[string]struct {
		record report.Record
		strict bool
		want   string
	}{
		"pass":                    {must(report.Pass), false, ""},
		"failed must":             {must(report.Fail), false, "fails"},
		"failed should":           {should, false, "logs"},
		"failed should, strict":   {should, true, "fails"},
		"inconclusive":            {must(report.Inconclusive), false, "fails"},
		"error":                   {must(report.Error), false, "fails"},
		"undecided":               {must(report.Undecided), false, "fails"},
		"core that did not run":   {must(report.NotRun), false, "fails"},
		"what it does not claim":  {unclaimed, false, "skips"},
		"not claimed, and strict": {unclaimed, true, "skips"},
	} {
		s := &subtest{}
		tell(s, report.Run{Strict: c.strict}, c.record, false)
		if s.outcome != c.want || c.want != "" && !strings.Contains(s.text, "of this") {
			t.Errorf("%s: it %s (%s), want %q", name, s.outcome, s.text, c.want)
		}
	}
}

// With -short, what has to wait for longer is skipped, and nothing else that
// did not run.
func TestShortSkipsWhatWaits(t *testing.T) {
	waits := report.Record{Verdict: report.NotRun, Core: true, Why: "it has to wait for 1m15s; --max-wait is 5s", TooLong: report.Duration(75 * time.Second)}
	interrupted := report.Record{Verdict: report.NotRun, Core: true, Why: "the run was interrupted, whatever --max-wait is"}
	for _, c := range []struct {
		record        report.Record
		short         bool
		outcome, says string
	}{
		{waits, true, "skips", "not run with -short: it has to wait for 1m15s; Options.MaxWait is 5s"},
		{waits, false, "fails", "Options.MaxWait is 5s"},
		{interrupted, true, "fails", "interrupted"},
	} {
		s := &subtest{}
		tell(s, report.Run{}, c.record, c.short)
		if s.outcome != c.outcome || !strings.Contains(s.text, c.says) {
			t.Errorf("short=%t: it %s (%s), want %s with %q", c.short, s.outcome, s.text, c.outcome, c.says)
		}
	}
}

// A failure names its cause, also where it is the only one of that cause, and
// one that broke where another did is not told to mend its own requirement.
func TestAFailureShowsItsCause(t *testing.T) {
	dead := func(id string, where report.Where) report.Record {
		return report.Record{
			ID: id, Verdict: report.Fail, Core: true, Why: "the token lives on", Fix: "the fix of " + id,
			Finding: &report.Finding{Observable: report.DeadAccepted, Where: where},
		}
	}
	alone := report.Run{Records: []report.Record{dead("lifecycle/logout-ends-token", nil)}}.WithCauses()
	both := report.Run{Records: append(alone.Records, dead("replay/hammered", report.Where{report.OnRoute: "/b"}))}.WithCauses()
	for name, c := range map[string]struct {
		run  report.Run
		at   int
		says []string
	}{
		"alone":   {alone, 0, []string{"the token lives on", "cause:       A logged-out token is still accepted", "the fix of lifecycle/logout-ends-token"}},
		"derived": {both, 1, []string{"first seen by lifecycle/logout-ends-token", "was not reached", "fix:         " + both.Causes[0].Fix}},
	} {
		s := &subtest{}
		tell(s, c.run, c.run.Records[c.at], false)
		for _, want := range c.says {
			if !strings.Contains(s.text, want) {
				t.Errorf("%s: %q is not in\n%s", name, want, s.text)
			}
		}
	}
	if summary := causes(both); !strings.Contains(summary, "1. A logged-out token is still accepted") ||
		!strings.Contains(summary, "lifecycle/logout-ends-token, replay/hammered") {
		t.Errorf("the summary is\n%s", summary)
	}
}
