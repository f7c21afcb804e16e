package reference_test

import (
	"slices"
	"strings"
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
)

// TestAFaultLiesInTheGroupOfAScenarioMeantForIt: who reads a group of scenarios
// finds the faults of that name.
func TestAFaultLiesInTheGroupOfAScenarioMeantForIt(t *testing.T) {
	meant := map[string][]string{}
	for _, line := range readMatrix(t) {
		meant[line.Fault] = line.Meant
	}
	for _, f := range gateway.Faults() {
		if !slices.ContainsFunc(meant[f.Name], func(id string) bool { return strings.HasPrefix(id, f.Group+"/") }) {
			t.Errorf("%s lies in %s, and is meant for %v", f.Name, f.Group, meant[f.Name])
		}
	}
}
