// Package prove holds scenarios against gateways of which it is known whether
// they are sound: the reference gateway with each planted fault, and without.
package prove

import (
	"slices"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	target "github.com/revocheck/revocheck/scenarios/target/reference"
)

// Fails requires that a gateway fails the listed scenarios.
func Fails(t *testing.T, all []scenarios.Scenario, cfg reference.Config, ids ...string) {
	t.Helper()
	chosen := only(all, ids)
	if len(chosen) != len(ids) {
		t.Fatalf("not all of %v are scenarios", ids)
	}
	for _, r := range run(t, chosen, cfg) {
		if r.Verdict != report.Fail {
			t.Errorf("%s: %v (%s), and it must fail", r.ID, r.Verdict, r.Why)
		}
	}
}

func only(all []scenarios.Scenario, ids []string) []scenarios.Scenario {
	return slices.DeleteFunc(slices.Clone(all), func(s scenarios.Scenario) bool { return !slices.Contains(ids, s.ID) })
}

func run(t *testing.T, list []scenarios.Scenario, cfg reference.Config) []report.Record {
	t.Helper()
	gateway, err := target.New(cfg, 2)
	if err != nil {
		t.Fatal(err)
	}
	out, err := scenarios.Run(t.Context(), gateway, list, scenarios.Options{Profile: scenarios.Full})
	if err != nil {
		t.Fatal(err)
	}
	return out.Records
}

// Measures requires that a scenario, played against the healthy gateway,
// records each of the named numbers.
func Measures(t *testing.T, all []scenarios.Scenario, id string, names ...string) {
	t.Helper()
	found := Record(t, all, reference.Config{}, id)
	for _, name := range names {
		if !slices.ContainsFunc(found.Numbers, func(n report.Number) bool { return n.Name == name }) {
			t.Errorf("%s does not measure %q: %v", id, name, found.Numbers)
		}
	}
}

// Record is what a scenario leaves of a gateway.
func Record(t *testing.T, all []scenarios.Scenario, cfg reference.Config, id string) report.Record {
	t.Helper()
	records := run(t, only(all, []string{id}), cfg)
	if len(records) != 1 {
		t.Fatalf("%s is no scenario", id)
	}
	return records[0]
}
