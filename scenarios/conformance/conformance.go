// Package conformance runs the suite from a gateway's own go test, a subtest a
// scenario. It is public and stable, and pulls in nothing that only a command
// needs. Package scenarios/target/handler makes a target of an http.Handler;
// any other scenarios.Target will do as well.
//
// The target is looked at once; then a subtest plays its scenario when it runs,
// so that
//
//	go test -run 'TestGateway/lifecycle/logout-ends-token$'
//
// plays that scenario alone. With -short no scenario waits for more than 5 s:
// what would have to is skipped, and the subtest says so. With Options.Profile
// scenarios.Smoke it has no subtest, and the test says so at its end. A failure names its
// cause; the test sums up the causes at its end.
//
// Scenarios of your own are scripts, as Scripts reads them.
package conformance

import (
	"fmt"
	"testing"
	"time"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
)

// longestShort is how long a scenario waits, in all, with -short.
const longestShort = 5 * time.Second

// Test runs every scenario that the options select against the target, those of
// your own beside those of the catalogue. A failed must fails its subtest; a
// failed should or may only with Options.Strict. A scenario that the target does
// not claim is skipped, and one that could not be decided fails: it is no pass.
// A target that cannot be used as its contract says fails t at once. Test comes
// back when every scenario has ended.
func Test(t *testing.T, target scenarios.Target, o scenarios.Options, own ...scenarios.Scenario) {
	t.Helper()
	all, err := withOwn(own)
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(t.Context(), target, all, limited(o, testing.Short()))
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range s.groups(target.Shared()) {
		s.group(t, g)
	}
	s.conclude(t)
}

// withOwn are the scenarios of the catalogue and those of the caller.
func withOwn(own []scenarios.Scenario) ([]scenarios.Scenario, error) {
	all, err := catalogue.All()
	if err != nil {
		return nil, err
	}
	sources := map[string]string{}
	for _, s := range all {
		sources[s.ID] = s.Source
	}
	for _, s := range own {
		if taken, ok := sources[s.ID]; ok {
			return nil, fmt.Errorf("%s: the ID %s is taken by %s; give it another", s.Source, s.ID, taken)
		}
		sources[s.ID] = s.Source
	}
	return append(all, own...), nil
}

func limited(o scenarios.Options, short bool) scenarios.Options {
	if short && (o.MaxWait == 0 || o.MaxWait > longestShort) {
		o.MaxWait = longestShort
	}
	return o
}
