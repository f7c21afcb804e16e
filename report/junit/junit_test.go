package junit

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/internal/sample"
)

// readSuites is what a CI system reads of JUnit XML, by its own account and not
// by that of what wrote it.
type readSuites struct {
	Failures int `xml:"failures,attr"`
	Errors   int `xml:"errors,attr"`
	Tests    int `xml:"tests,attr"`
	Suites   []struct {
		Skipped    int `xml:"skipped,attr"`
		Properties []struct {
			Name  string `xml:"name,attr"`
			Value string `xml:"value,attr"`
		} `xml:"properties>property"`
		Cases []junitCase `xml:"testcase"`
	} `xml:"testsuite"`
}

type junitCase struct {
	Name    string   `xml:"name,attr"`
	Failure *outcome `xml:"failure"`
	Error   *outcome `xml:"error"`
	Skipped *outcome `xml:"skipped"`
	Out     string   `xml:"system-out"`
}

type outcome struct {
	Message string `xml:"message,attr"`
	Body    string `xml:",chardata"`
}

func parseJUnit(t testing.TB, r report.Run) (readSuites, []junitCase) {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, r); err != nil {
		t.Fatal(err)
	}
	var doc readSuites
	if err := xml.Unmarshal(out.Bytes(), &doc); err != nil {
		t.Fatalf("%v in:\n%s", err, out.String())
	}
	var all []junitCase
	for _, s := range doc.Suites {
		all = append(all, s.Cases...)
	}
	return doc, all
}

func TestJUnitHasAnElementForEveryOutcome(t *testing.T) {
	for name, run := range sample.Runs {
		doc, all := parseJUnit(t, run)
		var failures, errors, skipped int
		for _, c := range all {
			for _, o := range []*outcome{c.Failure, c.Error, c.Skipped} {
				if o != nil && o.Message+o.Body == "" {
					t.Errorf("%s: %s has no message", name, c.Name)
				}
			}
			failures, errors, skipped = failures+one(c.Failure), errors+one(c.Error), skipped+one(c.Skipped)
		}
		counts := report.Count(run.Records, run.Strict)
		wantErrors, wantSkipped := counts.Errors+counts.Inconclusive, counts.NotRun+len(run.Gaps)+len(run.Omitted)
		if len(run.Records) == 0 {
			wantErrors++ // the run that tested nothing
		}
		if failures != counts.Failed || errors != wantErrors || skipped != wantSkipped {
			t.Errorf("%s: %d failures, %d errors, %d skipped; want %d, %d, %d", name,
				failures, errors, skipped, counts.Failed, wantErrors, wantSkipped)
		}
		said := 0
		for _, s := range doc.Suites {
			said += s.Skipped
		}
		if doc.Failures != failures || doc.Errors != errors || said != skipped || doc.Tests != len(all) {
			t.Errorf("%s: the totals of the root are not those of its cases: %+v", name, doc)
		}
	}
}

func one(o *outcome) int {
	if o == nil {
		return 0
	}
	return 1
}

func TestJUnitShowsAWarningAsAPassWithANote(t *testing.T) {
	for _, strict := range []bool{false, true} {
		_, all := parseJUnit(t, sample.EveryVerdict(strict))
		c := all[len(all)-1]
		if c.Name != "wire/refusal-shape" {
			t.Fatalf("the last case is %s", c.Name)
		}
		noted := bytes.Contains([]byte(c.Out), []byte("warning: a should failed\n"))
		if failed := c.Failure != nil; failed != strict || noted == strict {
			t.Errorf("strict %v: failed %v, noted %v", strict, failed, noted)
		}
	}
}

func TestJUnitNamesWhatWasTested(t *testing.T) {
	doc, _ := parseJUnit(t, sample.Runs["conformant"])
	want := map[string]string{"subject": "reference gateway", "profile": "wire", "conclusion": "conformant"}
	for _, s := range doc.Suites {
		found := 0
		for _, p := range s.Properties {
			if want[p.Name] != "" && want[p.Name] == p.Value {
				found++
			}
		}
		if found != len(want) {
			t.Errorf("properties %v, want %v among them", s.Properties, want)
		}
	}
}

// A run that claims more than its records support is not all green.
func TestJUnitShowsABrokenRun(t *testing.T) {
	run := sample.Runs["conformant"]
	run.Conclusion, run.Why = report.Broken, "the target went away"
	_, all := parseJUnit(t, run)
	last := all[len(all)-1]
	if last.Error == nil || last.Error.Message != "the run is error: the target went away" {
		t.Errorf("got %+v", last)
	}
}

// Every record, gap and omission is a case, whatever its name holds.
func FuzzCases(f *testing.F) {
	f.Add(sample.Hostile)
	f.Add("]]>")
	f.Fuzz(func(t *testing.T, text string) {
		run := sample.HostileRun(text)
		if _, all := parseJUnit(t, run); len(all) != len(run.Records)+len(run.Gaps)+len(run.Omitted) {
			t.Errorf("%d cases", len(all))
		}
	})
}

// What a profile leaves out is skipped, and the conclusion does not claim it.
func TestWhatAProfileLeavesOutIsSkipped(t *testing.T) {
	run := sample.Base(report.Conformant, report.Record{ID: "a/pass", Verdict: report.Pass})
	run.Profile, run.Unproven, run.LeftOut = "smoke", "retention", []string{"retention/past-60s"}
	var out bytes.Buffer
	if err := Write(&out, run); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`value="conformant (smoke: not a proof of retention)"`, `name="retention/past-60s"`, "left out by the profile smoke"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is not in\n%s", want, out.String())
		}
	}
}
