package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/revocheck/revocheck/report"
)

// What whole runs write holds to the schemas, be the gateway sound or not.
func TestWholeRunsHoldToTheSchemas(t *testing.T) {
	t.Parallel()
	_, text, _ := invoke("report", "schema")
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("run.json", doc); err != nil {
		t.Fatal(err)
	}
	schema := c.MustCompile("run.json")
	for strategy, want := range map[string]int{"denylist": report.ExitConformant, "client-side": report.ExitNonconformant} {
		stored, found := filepath.Join(t.TempDir(), "run.json"), filepath.Join(t.TempDir(), "run.sarif")
		if code, out, errs := invoke("run", "--strategy", strategy, "--json", stored, "--sarif", found); code != want {
			t.Fatalf("%s: exit %d\n%s%s", strategy, code, out, errs)
		}
		content, err := os.ReadFile(stored)
		if err != nil {
			t.Fatal(err)
		}
		run, err := jsonschema.UnmarshalJSON(strings.NewReader(string(content)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(run); err != nil {
			t.Errorf("%s: %v", strategy, err)
		}
		results, err := sarif.Open(found)
		if err != nil {
			t.Fatal(err)
		}
		if err := results.Validate(); err != nil {
			t.Errorf("%s: %v", strategy, err)
		}
	}
}

// A result stands at the line of the target file that declares what is broken.
func TestAResultStandsAtItsLineOfTheTargetFile(t *testing.T) {
	t.Parallel()
	target := targetFile(t, servedGateway(t, "client-side"), "")
	content, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	before, _, declared := strings.Cut(string(content), "\nlogout:")
	found := filepath.Join(t.TempDir(), "run.sarif")
	code, out, errs := invoke("run", "--target", target, "--only", oneID, "--sarif", found)
	results, err := sarif.Open(found)
	if code != report.ExitNonconformant || err != nil || !declared {
		t.Fatalf("exit %d, %v, declared %t\n%s%s", code, err, declared, out, errs)
	}
	place := results.Runs[0].Results[0].Locations[0].PhysicalLocation
	if at, want := *place.Region.StartLine, strings.Count(before, "\n")+2; at != want || !strings.HasSuffix(*place.ArtifactLocation.URI, filepath.Base(target)) {
		t.Errorf("the result stands at %s:%d, not at line %d of\n%s", *place.ArtifactLocation.URI, at, want, content)
	}
}
