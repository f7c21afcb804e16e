package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/junit"
)

// What ended early is never a success, whoever allows what, and every document
// says why it ended.
func TestARunThatEndedEarly(t *testing.T) {
	passed := report.Record{ID: "replay/after-logout", Title: "T", Core: true, Verdict: report.Pass}
	failed := report.Record{ID: "replay/hammered", Title: "T", Verdict: report.Fail, Why: "accepted"}
	for name, c := range map[string]struct {
		records []report.Record
		want    report.Conclusion
		code    int
	}{
		"before its first record": {nil, report.Broken, report.ExitBroken},
		"after a pass":            {[]report.Record{passed}, report.Partial, report.ExitPartial},
		"after a fail":            {[]report.Record{passed, failed}, report.Nonconformant, report.ExitNonconformant},
	} {
		r := report.Run{Ended: "the run was interrupted", Records: c.records}
		r.Conclusion = r.Conclude()
		if r.Conclusion != c.want || report.ExitCode(r, true) != c.code {
			t.Errorf("%s: %v, exit %d", name, r.Conclusion, report.ExitCode(r, true))
		}
		var stored, xml bytes.Buffer
		if err := report.WriteJSON(&stored, r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if again, err := report.ReadJSON(&stored); err != nil || again.Ended != r.Ended || report.ExitCode(again, true) != c.code {
			t.Errorf("%s, stored: %+v, %v", name, again, err)
		}
		if err := junit.Write(&xml, r); err != nil || strings.Count(xml.String(), "<error") != 1 || !strings.Contains(xml.String(), r.Ended) {
			t.Errorf("%s: %v, %s", name, err, xml.String())
		}
	}
}

func TestMergedWithARunThatEndedEarly(t *testing.T) {
	a := report.Run{Records: []report.Record{{ID: "a/b", Core: true, Verdict: report.Pass}}}
	b := report.Run{Ended: "the run was interrupted", Records: []report.Record{{ID: "a/c", Core: true, Verdict: report.Pass}}}
	merged, err := report.Merge(a, b)
	if err != nil || merged.Ended != b.Ended || merged.Conclusion != report.Partial {
		t.Errorf("%+v, %v", merged, err)
	}
}
