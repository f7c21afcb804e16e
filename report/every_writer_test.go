package report_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/html"
	"github.com/revocheck/revocheck/report/internal/sample"
	"github.com/revocheck/revocheck/report/junit"
	"github.com/revocheck/revocheck/report/markdown"
	"github.com/revocheck/revocheck/report/sarif"
	"github.com/revocheck/revocheck/report/terminal"
)

// forms are the ways to write a run.
var forms = map[string]func(io.Writer, report.Run) error{
	"terminal": func(w io.Writer, r report.Run) error {
		return terminal.Write(w, r, terminal.Options{Verbose: true})
	},
	"JSON": report.WriteJSON, "JUnit": junit.Write, "Markdown": markdown.Write, "SARIF": sarif.Write, "HTML": html.Write,
}

func written(t testing.TB, form string, r report.Run) string {
	t.Helper()
	var out bytes.Buffer
	if err := forms[form](&out, r); err != nil {
		t.Fatalf("%s: %v", form, err)
	}
	return out.String()
}

// counted are the counts that a text for people says, such as "2 failed, 1 warning";
// what is not claimed did not run.
func counted(text string) (c report.Counts) {
	for _, m := range regexp.MustCompile(`(\d+) (passed|failed|warnings?|inconclusive|errors?|not run|not claimed)`).FindAllStringSubmatch(text, -1) {
		var n int
		_, _ = fmt.Sscan(m[1], &n)
		switch strings.TrimSuffix(m[2], "s") {
		case "passed":
			c.Passed += n
		case "failed":
			c.Failed += n
		case "warning":
			c.Warnings += n
		case "inconclusive":
			c.Inconclusive += n
		case "error":
			c.Errors += n
		default:
			c.NotRun += n
		}
	}
	return c
}

// countsIn reads the counts back from a written form.
func countsIn(t *testing.T, form, text string) (c report.Counts) {
	t.Helper()
	within := func(pattern string) string {
		m := regexp.MustCompile(pattern).FindStringSubmatch(text)
		if m == nil {
			t.Fatalf("%s has no counts", form)
		}
		return m[1]
	}
	var err error
	switch form {
	case "JSON":
		var doc struct{ Counts report.Counts }
		err = json.Unmarshal([]byte(text), &doc)
		c = doc.Counts
	case "SARIF":
		var doc struct {
			Runs []struct {
				Properties struct{ Counts report.Counts }
			}
		}
		err = json.Unmarshal([]byte(text), &doc)
		c = doc.Runs[0].Properties.Counts
	case "JUnit":
		return countsOfCases(t, text)
	case "terminal":
		return counted(within(`^(.*)\n`))
	case "Markdown":
		return counted(within(`\*\*(.*)\*\*`))
	case "HTML":
		return counted(within(`class="counts">(.*?)<`))
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// countsOfCases counts the elements of JUnit; a warning is a pass with a note, and
// what is inconclusive is an error.
func countsOfCases(t *testing.T, text string) (c report.Counts) {
	t.Helper()
	var doc struct {
		Cases []struct {
			Failure, Error, Skipped *struct {
				Type string `xml:"type,attr"`
			}
			Out string `xml:"system-out"`
		} `xml:"testsuite>testcase"`
	}
	if err := xml.Unmarshal([]byte(strings.NewReplacer("<failure", "<Failure", "</failure", "</Failure", "<error", "<Error", "</error", "</Error", "<skipped", "<Skipped", "</skipped", "</Skipped").Replace(text)), &doc); err != nil {
		t.Fatal(err)
	}
	for _, one := range doc.Cases {
		switch {
		case one.Failure != nil:
			c.Failed++
		case one.Error != nil && one.Error.Type == "inconclusive":
			c.Inconclusive++
		case one.Error != nil:
			c.Errors++
		case one.Skipped != nil:
			c.NotRun++
		case strings.HasPrefix(one.Out, "warning: "):
			c.Warnings++
		default:
			c.Passed++
		}
	}
	return c
}

// Every writer says the same of a run that has every verdict.
func TestEveryWriterHasTheSameCounts(t *testing.T) {
	for _, strict := range []bool{false, true} {
		run := sample.EveryVerdict(strict)
		want := report.Count(run.Records, strict)
		if want.Passed*want.Failed*want.Inconclusive*want.Errors*want.NotRun == 0 || want.Warnings == 0 != strict {
			t.Fatalf("not every verdict: %+v", want)
		}
		for form := range forms {
			if got := countsIn(t, form, written(t, form, run)); got != want {
				t.Errorf("%s, strict %t: %+v, not %+v", form, strict, got, want)
			}
		}
	}
}

// The secrets of a run that was cleaned stand in none of its forms, wherever they
// were and however they were written.
func TestNoWriterTellsASecret(t *testing.T) {
	token := "eyJhbGciOiJIUzI1NiJ9." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"alice","jti":"planted"}`)) + ".c2lnbmF0dXJlIG9mIHRoZSBwbGFudGVkIHRva2Vu"
	password := "s3cret of bob/&<\""
	var redactor report.Redactor
	redactor.Add(token)
	redactor.Add(password)
	planted := token + " and " + password + " and " + base64.StdEncoding.EncodeToString([]byte("bob:"+password)) + " and " + strings.ReplaceAll(password, `"`, `\"`)
	run := sample.HostileRun(planted)
	run.Operator, run.Ended, run.Tool.Version = planted, planted, planted
	run.Declared = []report.Declaration{{Of: report.OnRoute, Value: planted, Key: planted, File: planted, Line: 1}, {Key: "routes[0].path", File: planted, Line: 2}}
	rec := &run.Records[0]
	rec.Cause, rec.Observed, rec.Needs = planted, []string{planted}, []string{planted}
	rec.Finding = &report.Finding{Observable: report.DeadAccepted, Where: report.Where{report.OnRoute: planted, report.Dimension(planted): planted}, Seen: []string{planted}}
	rec.Steps = append(rec.Steps, report.Step{Text: planted, Span: &report.Span{What: planted, Got: planted, Client: 1},
		Call: &report.Call{Token: planted, Method: planted, Path: planted, Connection: planted, User: planted, Want: planted, Got: planted, Where: report.Where{report.OnRoute: planted}}})
	rec.Numbers = append(rec.Numbers, report.Number{Name: planted + " p50", Value: 1, Unit: planted, Note: planted})
	clean := redactor.Run(run.WithCauses())
	clean.Causes = nil
	for form := range forms {
		text := written(t, form, clean)
		for _, secret := range append([]string{token, password, "s3cret", "s3cret of bob/&amp;&lt;"}, strings.Split(token, ".")[1:]...) {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %q", form, secret)
			}
		}
		if err := redactor.Verify(text); err != nil {
			t.Errorf("%s: %v", form, err)
		}
		if !strings.Contains(strings.ReplaceAll(text, `\*`, "*"), "***") {
			t.Errorf("%s shows nothing of what was planted", form)
		}
		if leaky := written(t, form, run); !strings.Contains(leaky, "s3cret") {
			t.Errorf("%s would not have told: the test proves nothing", form)
		}
	}
}

// A run of 130 scenarios with 80 failures stays handy.
func TestALargeRunStaysHandy(t *testing.T) {
	run := sample.Large()
	if c := report.Count(run.Records, false); c.Failed != 80 || c.Passed != 50 || len(run.Causes) != 80 {
		t.Fatalf("%+v, %d causes", c, len(run.Causes))
	}
	for form, most := range map[string]int{"HTML": 1_500_000, "Markdown": markdown.Limit} {
		if n := len(written(t, form, run)); n > most || n < 10_000 {
			t.Errorf("%s has %d bytes; %d at most", form, n, most)
		}
	}
}

// How long each form of such a run takes to write.
func BenchmarkLargeRun(b *testing.B) {
	run := sample.Large()
	for form, write := range forms {
		b.Run(form, func(b *testing.B) {
			var n int
			for b.Loop() {
				var out bytes.Buffer
				if err := write(&out, run); err != nil {
					b.Fatal(err)
				}
				n = out.Len()
			}
			b.ReportMetric(float64(n), "bytes")
		})
	}
}
