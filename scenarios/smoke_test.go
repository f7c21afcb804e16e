package scenarios_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/handler"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

// realClock is a target whose clock nobody can move.
func realClock(t *testing.T, declare func(*scenarios.Contract)) *handler.Target {
	t.Helper()
	made, err := inprocess.New(reference.Config{Strategy: "denylist", Store: "memory"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	target := &made.Target
	start := target.Start
	target.Start = func() (handler.Gateway, error) {
		g, err := start()
		g.Powers.Now, g.Powers.Advance = nil, nil
		return g, err
	}
	target.Has.Now, target.Has.Advance = nil, nil
	declare(&target.Declares)
	return target
}

// What smoke leaves out is what waits by its own nature, and never what a slow
// target makes wait: else a gateway with a long leak window would conform for
// want of any scenario.
func TestSmokeLeavesOutWhatWaitsByItself(t *testing.T) {
	t.Parallel()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	left := func(declare func(*scenarios.Contract)) []string {
		list, err := scenarios.DryRun(realClock(t, declare), all, scenarios.Options{Profile: scenarios.Smoke})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, o := range list {
			if strings.Contains(o.NotRun, "profile smoke leaves it out") {
				ids = append(ids, o.Scenario.ID)
			}
		}
		return ids
	}
	fast := left(func(*scenarios.Contract) {})
	slow := left(func(c *scenarios.Contract) { c.LeakWindow = time.Minute })
	for _, id := range []string{"retention/past-60s", "retention/until-exp", "expiry/expired-refused"} {
		if !slices.Contains(fast, id) {
			t.Errorf("%s is played: %q", id, fast)
		}
	}
	if len(fast) > 10 || !slices.Equal(fast, slow) {
		t.Errorf("left out: %q, and with a leak window of a minute %q", fast, slow)
	}
}

func TestASmokeRunSaysWhatItIs(t *testing.T) {
	t.Parallel()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	smoke := func(declare func(*scenarios.Contract), only ...string) (report.Run, error) {
		return scenarios.Run(t.Context(), realClock(t, declare), all, scenarios.Options{Profile: scenarios.Smoke, Only: only})
	}
	plain := func(*scenarios.Contract) {}
	r, err := smoke(plain, "lifecycle/logout-ends-token", "retention/past-60s")
	if err != nil || len(r.Records) != 1 || !slices.Equal(r.LeftOut, []string{"retention/past-60s"}) || r.Unproven != "retention" {
		t.Errorf("%v; %d records, left out %q, unproven %q", err, len(r.Records), r.LeftOut, r.Unproven)
	}
	if slices.Contains(r.Omitted, "retention/past-60s") {
		t.Error("what the profile leaves out is called a gap of the selection")
	}
	if _, err = smoke(plain, "retention/past-60s"); !errors.Is(err, scenarios.ErrNoMatch) {
		t.Errorf("a run in which nothing is left to play: %v", err)
	}
	r, err = smoke(func(c *scenarios.Contract) { c.LeakWindow = time.Minute }, "lifecycle/logout-ends-token")
	if err != nil || r.Conclusion != report.Partial || r.Records[0].TooLong < report.Duration(50*time.Second) {
		t.Errorf("%v; a target whose leak window is longer than the run waits is %s: %s", err, r.Conclusion, r.Why)
	}
}
