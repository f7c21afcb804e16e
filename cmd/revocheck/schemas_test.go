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
