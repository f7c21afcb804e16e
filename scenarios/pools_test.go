package scenarios_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
)

// TestAScenarioMayTakeMoreTokensThanWereForeseen: each spelling that turns out
// to be accepted takes one to log out.
func TestAScenarioMayTakeMoreTokensThanWereForeseen(t *testing.T) {
	t.Parallel()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	url := servedAs(t, reference.Config{Lenient: reference.Lenient{Padding: true}})
	o := scenarios.Options{Only: []string{"respelling/padding"}}
	plan, err := scenarios.DryRun(given(t, url, issued(t, url, 1)), all, o)
	if err != nil {
		t.Fatal(err)
	}
	foreseen := plan[0].Tokens["alice"]
	for _, c := range []struct {
		more    int
		verdict report.Verdict
		note    string
	}{
		{0, report.NotRun, `with 1 more of user "alice" every scenario could have run`},
		{10, report.Pass, ""},
	} {
		run, err := scenarios.Run(t.Context(), given(t, url, issued(t, url, foreseen+c.more)), all, o)
		if err != nil {
			t.Fatal(err)
		}
		r := run.Records[0]
		if r.Verdict != c.verdict || !strings.Contains(fmt.Sprint(run.Notes), c.note) {
			t.Errorf("%d more than foreseen: %s: %s, %v", c.more, r.Verdict, r.Why, run.Notes)
		}
	}
}
