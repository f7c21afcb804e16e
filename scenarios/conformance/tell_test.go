package conformance

import (
	"fmt"
	"strings"
	"testing"

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
		tell(s, c.record, c.strict)
		if s.outcome != c.want || c.want != "" && !strings.Contains(s.text, "of this") {
			t.Errorf("%s: it %s (%s), want %q", name, s.outcome, s.text, c.want)
		}
	}
}
