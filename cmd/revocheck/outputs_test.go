package main

import (
	"encoding/xml"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/report"
)

const oneID = "lifecycle/logout-ends-token"

// A report that has nowhere to go is said before anything is sent, and what is
// there already stays.
func TestAReportThatCannotBeWrittenIsSaidFirst(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	old := file(t, "old.json", "old")
	link, hard := old+".link", old+".hard"
	if err := errors.Join(os.Symlink(old, link), os.Link(old, hard)); err != nil {
		t.Fatal(err)
	}
	for says, args := range map[string][]string{
		"no such file":                     {"--json", filepath.Join(dir, "none", "run.json")},
		"is a directory":                   {"--junit", dir},
		"--json and --junit cannot both":   {"--json", old, "--junit", link},
		old + " is read as well":           {"--json", link, "--target", old},
		"would be lost":                    {"--junit", hard, "--script", old},
		"cannot both have standard output": {"--json", "-", "--junit", "-"},
		"cannot both have " + old:          {"--json", old, "--junit", old},
	} {
		code, out, errs := invoke(append([]string{"run"}, args...)...)
		if code != exit.CodeUsage || !strings.Contains(errs, says) || strings.Contains(errs, oneID) || out != "" {
			t.Errorf("%v: exit %d, %s%s", args, code, errs, out)
		}
	}
	if content, err := os.ReadFile(old); err != nil || string(content) != "old" {
		t.Errorf("the file that was there holds %q, %v", content, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A document on standard output is alone there.
func TestADocumentIsAloneOnStandardOutput(t *testing.T) {
	t.Parallel()
	code, out, errs := invoke("run", "--only", oneID, "--json", "-")
	run, err := report.ReadJSON(strings.NewReader(out))
	if code != report.ExitPartial || err != nil || len(run.Records) != 1 || !strings.Contains(errs, "PARTIAL  1 passed") {
		t.Errorf("exit %d, %v, %s\n%s", code, err, out, errs)
	}
	code, out, errs = invoke("run", "--only", oneID, "--junit", "-")
	var doc struct {
		XMLName xml.Name `xml:"testsuites"`
		Tests   int      `xml:"tests,attr"`
	}
	if err := xml.Unmarshal([]byte(out), &doc); code != report.ExitPartial || err != nil || doc.Tests < 1 {
		t.Errorf("exit %d, %v, %s\n%s", code, err, out, errs)
	}
}

// A report rendered again is the one that the run wrote.
func TestAStoredRunIsRenderedAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	forms := map[string]string{"--json": ".json", "--junit": ".xml", "--html": ".html", "--markdown": ".md", "--sarif": ".sarif"}
	into := func(name string, args ...string) []string {
		for flag, kind := range forms {
			args = append(args, flag, at(name+kind))
		}
		return args
	}
	code, first, _ := invoke(into("a", "run", "--strategy", "client-side", "--only", oneID, "--operator", "Ann")...)
	again, second, errs := invoke(into("b", "report", at("a.json"))...)
	if code != report.ExitNonconformant || again != code || first != second {
		t.Errorf("exits %d and %d\n%s\n%s%s", code, again, first, second, errs)
	}
	for _, kind := range forms {
		a, err := os.ReadFile(at("a" + kind))
		if err != nil {
			t.Fatal(err)
		}
		if b, err := os.ReadFile(at("b" + kind)); err != nil || string(a) != string(b) {
			t.Errorf("%s is rendered otherwise the second time: %v", kind, err)
		}
	}
}

// Two halves merge into one run, and a difference says what got worse.
func TestReportMergesAndCompares(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	invoke("run", "--only", oneID, "--json", at("good.json"))
	invoke("run", "--only", "replay/after-logout", "--json", at("other.json"))
	invoke("run", "--strategy", "client-side", "--only", oneID, "--json", at("bad.json"))
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{report.ExitPartial, "PARTIAL  2 passed, 0 failed", []string{"report", at("good.json"), at("other.json")}},
		{report.ExitPartial, "steps", []string{"report", at("good.json"), "--only", "lifecycle"}},
		{exit.CodeUsage, "no scenario of the run matches", []string{"report", at("good.json"), "--only", "replay/*"}},
		{exit.CodeUsage, "are opposites", []string{"report", at("good.json"), "--quiet", "--verbose"}},
		{exit.CodeUsage, "the subject differs", []string{"report", at("other.json"), at("bad.json")}},
		{exit.CodeUsage, "ran in two of the runs", []string{"report", at("good.json"), at("good.json")}},
		{report.ExitConformant, "0 worse", []string{"report", "diff", at("good.json"), at("good.json")}},
		{report.ExitNonconformant, oneID + ": pass, then fail", []string{"report", "diff", at("good.json"), at("bad.json")}},
		{report.ExitNonconformant, `"kind": "changed"`, []string{"report", "diff", "--json", at("good.json"), at("bad.json")}},
		{exit.CodeUsage, "no such file", []string{"report", "diff", at("good.json"), at("nosuch.json")}},
		{exit.CodeUsage, "not.json: read report: line 1", []string{"report", file(t, "not.json", "{")}},
	} {
		if code, out, errs := invoke(c.args...); code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("%v: exit %d, and no %q in\n%s%s", c.args, code, c.says, out, errs)
		}
	}
}

// What a command reads it never writes.
func TestAnOutputThatIsAnInputIsRefused(t *testing.T) {
	t.Parallel()
	for _, args := range []string{
		"run --json FILE --target FILE", "run --junit FILE --script FILE", "run --json FILE --policy api=FILE", "report FILE --json FILE",
		"probe --json FILE --target FILE", "bench --json FILE --target FILE", "bench --vegeta FILE --against FILE", "bench saturate --json FILE --target FILE",
		"policy lint FILE --sarif FILE", "serve --target-file FILE --policy api=FILE", "serve --target-file FILE --tls-cert FILE --tls-key x",
	} {
		name := file(t, "x.yaml", "its content")
		code, out, errs := invoke(strings.Fields(strings.ReplaceAll(args, "FILE", name))...)
		if code != exit.CodeUsage || !strings.Contains(errs, "is read as well, and would be lost") || out != "" {
			t.Errorf("%s: exit %d, %s%s", args, code, errs, out)
		}
		if content, err := os.ReadFile(name); err != nil || string(content) != "its content" {
			t.Errorf("%s: the file holds %q, %v", args, content, err)
		}
	}
}

// What ends without a result says so in its document, and diff says it again.
func TestABenchThatEndsEarlySaysSo(t *testing.T) {
	t.Parallel()
	doc, other := file(t, "bench.json", "yesterday's"), file(t, "b.txt", "yesterday's")
	for says, args := range map[string]string{
		"--mix":              "--mix dead=1",
		"cannot be reached":  "--target " + targetFile(t, nobody, ""),
		"--precision 200%":   "--precision 200%",
		"unknown strategy":   "--strategy hope",
		"there is no such s": "--store redis-server",
	} {
		code, _, _ := runBench(t, append(strings.Fields(args), "--json", doc, "--benchstat", other)...)
		content, err := os.ReadFile(doc)
		if code == 0 || err != nil || !strings.Contains(results.WhyEnded(content), says) {
			t.Errorf("%s: exit %d, %q, %v", args, code, content, err)
		}
		if _, err := os.Stat(other); err == nil {
			t.Errorf("%s: yesterday's other file is still there", args)
		}
		if code, _, errs := invoke("report", "diff", doc, doc); code != exit.CodeUsage || !strings.Contains(errs, "holds no result: ") {
			t.Errorf("%s: diff exits %d, %s", args, code, errs)
		}
	}
}
