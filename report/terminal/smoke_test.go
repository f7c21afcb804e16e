package terminal

import (
	"bytes"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

// A run that leaves something without proof says so in its first line, also
// where that stands alone, and lists what it left out.
func TestTheFirstLineSaysWhatIsNotProved(t *testing.T) {
	run := sample.Base(report.Conformant, report.Record{ID: "a/pass", Title: "t", Verdict: report.Pass})
	run.Profile, run.Unproven, run.LeftOut = "smoke", "retention", []string{"retention/past-60s"}
	for _, opts := range []Options{{}, {Quiet: true}, {Verbose: true}} {
		var out bytes.Buffer
		if err := Write(&out, run, opts); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(out.String(), "CONFORMANT (smoke: not a proof of retention)  1 passed") {
			t.Errorf("%+v: %q", opts, out.String())
		}
		if listed := strings.Contains(out.String(), "1 scenario for want of time: retention/past-60s"); listed == opts.Quiet {
			t.Errorf("%+v: lists what was left out: %t", opts, listed)
		}
	}
}
