package sarif

import (
	"bytes"
	"flag"
	"io"
	"strings"
	"testing"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

var update = flag.Bool("update", false, "rewrite the golden files; read the difference before you commit it")

func render(t testing.TB, r report.Run) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t testing.TB, doc []byte) *sarif.Run {
	t.Helper()
	back, err := sarif.FromBytes(doc)
	if err != nil {
		t.Fatal(err)
	}
	if err := back.Validate(); err != nil {
		t.Fatalf("%v in\n%s", err, doc)
	}
	if len(back.Runs) != 1 {
		t.Fatalf("%d runs", len(back.Runs))
	}
	return back.Runs[0]
}

func TestGolden(t *testing.T) {
	for _, name := range []string{"nonconformant", "partial", "located"} {
		run := sample.Runs[name]
		if err := sample.Golden(*update, name+".sarif", func(w io.Writer) error { return Write(w, run) }); err != nil {
			t.Error(err)
		}
	}
}

// Each run holds to the schema of SARIF 2.1.0, with a rule a scenario and a result
// a cause.
func TestEveryRunHoldsToTheSchema(t *testing.T) {
	for name, run := range sample.Runs {
		found, want := read(t, render(t, run)), run.AsStored()
		if len(found.Tool.Driver.Rules) != len(want.Records) || len(found.Results) != len(want.Causes) {
			t.Errorf("%s: %d rules and %d results, of %d scenarios and %d causes", name, len(found.Tool.Driver.Rules), len(found.Results), len(want.Records), len(want.Causes))
		}
		for i, c := range want.Causes {
			level := map[bool]string{true: "warning", false: "error"}[c.Warning]
			if r := found.Results[i]; *r.RuleID != report.Printable(c.First()) || r.Level != level || *found.Tool.Driver.Rules[r.RuleIndex].ID != *r.RuleID {
				t.Errorf("%s: result %d is %s of %s (index %d), not of %s", name, i, r.Level, *r.RuleID, r.RuleIndex, c.First())
			}
		}
	}
	bad := bytes.Replace(render(t, sample.Runs["strict"]), []byte(`"level": "error"`), []byte(`"level": "banana"`), 1)
	if back, err := sarif.FromBytes(bad); err == nil && back.Validate() == nil {
		t.Error("the schema takes a level that there is not")
	}
}

// A result stands where the target file declares what is broken.
func TestAResultIsLocated(t *testing.T) {
	found := read(t, render(t, sample.Located()))
	for i, want := range []struct {
		uri  string
		line int
	}{{"gateways/my%20own.yaml", 14}, {"gateways/my%20own.yaml", 20}} {
		place := found.Results[i].Locations[0].PhysicalLocation
		if *place.ArtifactLocation.URI != want.uri || *place.Region.StartLine != want.line {
			t.Errorf("result %d stands at %s:%d, not at %s:%d", i, *place.ArtifactLocation.URI, *place.Region.StartLine, want.uri, want.line)
		}
	}
	if uri := *artifact("/etc/a.yaml").URI; uri != "file:///etc/a.yaml" {
		t.Error(uri)
	}
}

// A run that ended early is not taken for one that found nothing.
func TestARunThatDidNotEndIsNoSuccess(t *testing.T) {
	run := sample.Base(report.Broken)
	run.Ended = "the target cannot be reached"
	call := read(t, render(t, run)).Invocations[0]
	if *call.ExecutionSuccessful || !strings.Contains(*call.ToolExecutionNotifications[0].Message.Text, run.Ended) {
		t.Errorf("%+v", call)
	}
}

// A run that leaves something without proof says so in the document.
func TestTheClaimOfASmokeRun(t *testing.T) {
	run := sample.Base(report.Conformant, report.Record{ID: "a/pass", Title: "t", Verdict: report.Pass})
	run.Profile, run.Unproven, run.LeftOut = "smoke", "retention", []string{"retention/past-60s"}
	var out strings.Builder
	if err := Write(&out, run); err != nil {
		t.Fatal(err)
	}
	if want := `"claim": "conformant (smoke: not a proof of retention)"`; !strings.Contains(out.String(), want) {
		t.Errorf("no %s in\n%s", want, out.String())
	}
}
