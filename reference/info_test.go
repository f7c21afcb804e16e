package reference_test

import (
	"testing"

	"github.com/revocheck/revocheck/reference"
)

func TestNamesAreUniqueAndExplained(t *testing.T) {
	var variants []reference.Info
	for _, v := range reference.Variants() {
		variants = append(variants, reference.Info{Name: v.Name, Summary: v.Summary})
	}
	for what, infos := range map[string][]reference.Info{"fault": reference.Faults(), "strategy": reference.Strategies(), "variant": variants} {
		seen := map[string]bool{}
		for _, info := range infos {
			if seen[info.Name] || len(info.Summary) < 20 || info.Summary[len(info.Summary)-1] != '.' {
				t.Errorf("%s %q appears twice or is not explained in a sentence: %q", what, info.Name, info.Summary)
			}
			seen[info.Name] = true
		}
	}
	if n := len(reference.Faults()); n < 60 {
		t.Errorf("there are %d faults, want at least 60", n)
	}
}
