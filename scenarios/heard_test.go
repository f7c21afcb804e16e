package scenarios_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
)

// TestALeakSeenWhenPlacesAreAskedFails, though another scenario is about them.
func TestALeakSeenWhenPlacesAreAskedFails(t *testing.T) {
	target := sound{config: reference.Config{Fault: "second-route-unchecked"}}.inProcess(t)
	for _, id := range []string{"retention/past-60s", "retention/until-exp"} {
		r, err := playOne(t, target, id)
		if err != nil || r.Verdict != report.Fail || !r.Leak || r.Finding == nil || r.Finding.Where[report.OnRoute] == "" {
			t.Errorf("%s: %v, %s (%s), a leak: %v, found %+v", id, err, r.Verdict, r.Why, r.Leak, r.Finding)
		}
	}
}

// TestALeakOfSomeCallsIsNoPlaces, though it shows at one: asked again, that refuses.
func TestALeakOfSomeCallsIsNoPlaces(t *testing.T) {
	target := sound{front: serving(func(call int64) bool { return call == 3 || call == 4 })}.inProcess(t)
	r, err := playOne(t, target, "retention/past-60s")
	if err != nil || r.Verdict != report.Fail || !r.Leak || r.Finding == nil {
		t.Fatalf("%v, %s (%s), a leak: %v", err, r.Verdict, r.Why, r.Leak)
	}
	for _, place := range []report.Dimension{report.OnRoute, report.ByMethod, report.AtReplica} {
		if blamed := r.Finding.Where[place]; blamed != "" {
			t.Errorf("blamed on %s %q: %s", place, blamed, r.Why)
		}
	}
}
