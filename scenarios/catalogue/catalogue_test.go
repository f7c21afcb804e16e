package catalogue_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios/catalogue"
)

func TestEveryScenarioLoadsAndSaysWhatItIs(t *testing.T) {
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 25 {
		t.Errorf("%d scenarios; 25 at least", len(all))
	}
	for _, s := range all {
		if s.Title == "" || s.Requirement == "" || len(s.Refs) == 0 || s.Run == nil {
			t.Errorf("%s lacks a title, requirement, reference or script", s.ID)
		}
	}
}
