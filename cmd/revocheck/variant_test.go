package main

import (
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
)

// TestVariantsAreListedCompletedAndPlayed: each is found by its name, and the
// report names the ones that were chosen.
func TestVariantsAreListedCompletedAndPlayed(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"list", "variants"}, {"__complete", "run", "--variant", ""}, {"__complete", "serve", "--variant", ""}} {
		_, out, errs := invoke(args...)
		for _, v := range reference.Variants() {
			if !strings.Contains(out, v.Name) {
				t.Errorf("%v does not name %s: %s%s", args, v.Name, out, errs)
			}
		}
	}
	code, out, errs := invoke("run", "--variant", "no-jti", "--variant", "refuses-with-429", "--only", "lifecycle/logout-ends-token", "--allow-partial")
	if code != 0 || !strings.Contains(out, "variants no-jti, refuses-with-429") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
}
