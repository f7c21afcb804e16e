package summary_test

import (
	"slices"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/summary"
)

// TestNotClaimedSaysHowItWasSeen where nothing that the target declares says so.
func TestNotClaimedSaysHowItWasSeen(t *testing.T) {
	lacks := func(capability, why string) report.Record {
		return report.Record{ID: "a/" + why, Verdict: report.NotRun, Undeclared: capability, Why: why}
	}
	run := report.Run{
		NotClaimed: []string{"aud", "elsewhere", "lifetime", "mint"},
		Records: []report.Record{
			lacks("lifetime", report.NotClaimed("login.lifetime_field")), lacks("mint", report.NotClaimed("signing")),
			lacks("lifetime", "no token lives for three hours"), lacks("aud", "the tokens have no aud"),
		},
	}
	var texts []string
	for _, line := range summary.NotClaimed(run) {
		texts = append(texts, line.Text)
	}
	want := []string{"aud (the tokens have no aud)", "elsewhere", "lifetime", "lifetime (no token lives for three hours)", "mint"}
	if !slices.Equal(texts, want) {
		t.Errorf("%q, want %q", texts, want)
	}
}
