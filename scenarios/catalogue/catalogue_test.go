package catalogue_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
)

// published is a document that a requirement can be looked up in.
var published = regexp.MustCompile(`^(RFC \d+|CWE-\d+$|CVE-\d{4}-\d+$|GHSA(-\w{4}){3}$|OWASP (ASVS|API|Top)|WSTG-)`)

func TestEveryScenarioLoadsAndSaysWhatItIs(t *testing.T) {
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	scripts := 0
	for _, s := range all {
		if s.Title == "" || s.Requirement == "" || s.Run == nil {
			t.Errorf("%s lacks a title, requirement or script", s.ID)
		}
		if strings.HasSuffix(s.Source, ".txt") {
			scripts++
		}
		refersToSomething(t, s)
	}
	if len(all) < 70 || scripts < 25 {
		t.Errorf("%d scenarios, %d of them scripts; 70 and 25 at least", len(all), scripts)
	}
}

func refersToSomething(t *testing.T, s scenarios.Scenario) {
	t.Helper()
	if !slices.ContainsFunc(s.Refs, published.MatchString) {
		t.Errorf("%s refers to %q, none of which is %s", s.ID, s.Refs, published)
	}
}
