package main

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/report"
)

// compared is what compare --json says.
type compared struct {
	Groups []string
	Rows   []report.Row
}

func comparing(t *testing.T, args ...string) compared {
	t.Helper()
	code, out, errs := invoke(append([]string{"compare", "--json"}, args...)...)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errs)
	}
	var c compared
	if err := json.Unmarshal([]byte(out), &c); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	return c
}

func TestCompareSetsStrategiesAndTargetsSideBySide(t *testing.T) {
	t.Parallel()
	target := targetFile(t, servedGateway(t, "client-side"), "")
	c := comparing(t, "--only", "replay/after-logout", "--strategy", "denylist,client-side", "--target", target)
	names, conclusions := []string{}, []report.Conclusion{}
	for _, r := range c.Rows {
		names, conclusions = append(names, r.Name), append(conclusions, r.Conclusion)
	}
	if !slices.Equal(names, []string{"denylist", "client-side", "target"}) || !slices.Equal(c.Groups, []string{"replay", "lifecycle"}) {
		t.Errorf("rows %v, groups %v", names, c.Groups)
	}
	if !slices.Equal(conclusions, []report.Conclusion{report.Partial, report.Nonconformant, report.Nonconformant}) {
		t.Errorf("conclusions %v", conclusions)
	}
	for _, r := range c.Rows[1:] {
		// The preflight logs a token out as well, and saw that it lives.
		if r.Groups["replay"].Failed != 1 || r.Groups["lifecycle"].Failed != 1 || r.WorstID != "lifecycle/logout-ends-token" || !strings.HasPrefix(r.Worst, "A logged-out token is still accepted") {
			t.Errorf("%+v", r)
		}
	}
}

func TestCompareForPeople(t *testing.T) {
	t.Parallel()
	for flag, cell := range map[string]string{"": "client-side  nonconformant  0/1/0", "--markdown": "| client-side | nonconformant | 0/1/0 |"} {
		args := strings.Fields("compare --only replay/after-logout --strategy client-side " + flag)
		if code, out, errs := invoke(args...); code != 0 || !strings.Contains(out, cell) {
			t.Errorf("%q: exit %d, and no %q in\n%s%s", flag, code, cell, out, errs)
		}
	}
}

func TestCompareUsage(t *testing.T) {
	t.Parallel()
	for args, c := range map[string]struct {
		code int
		says string
	}{
		"--strategy hope":                       {exit.CodeUsage, `unknown strategy "hope"; it is one of client-side, short-expiry, server-store, apim-counter`},
		"--only nosuch":                         {exit.CodeUsage, "no scenario matched"},
		"--target nosuch.yaml":                  {exit.CodeUsage, "no such file"},
		"--json --markdown":                     {exit.CodeUsage, "none of the others can be"},
		"--target " + targetFile(t, nobody, ""): {exit.CodeBroken, "nobody listens there"},
	} {
		code, out, errs := invoke(append([]string{"compare"}, strings.Fields(args)...)...)
		if code != c.code || !strings.Contains(errs, c.says) || out != "" {
			t.Errorf("%s: exit %d, %s%s", args, code, errs, out)
		}
	}
}

// TestCompareWithoutOneTarget keeps the rows of the targets that could be run.
func TestCompareWithoutOneTarget(t *testing.T) {
	t.Parallel()
	away, also := targetFile(t, nobody, ""), targetFile(t, nobody, "")
	code, out, errs := invoke("compare", "--only", "replay/after-logout", "--strategy", "client-side", "--target", away, "--target", also)
	if code != exit.CodeBroken || !strings.Contains(out, "client-side  nonconformant  0/1/0") {
		t.Errorf("exit %d\n%s", code, out)
	}
	if strings.Count(errs, "target is not compared: ") != 2 || strings.Count(errs, "nobody listens there") != 2 {
		t.Errorf("not said of both: %s", errs)
	}
}

// The page is written whole, beside what is shown, and has the overview of both.
func TestCompareWritesAPage(t *testing.T) {
	t.Parallel()
	page := file(t, "compare.html", yesterday)
	args := []string{"compare", "--only", "concurrency/leak-window", "--strategy", "denylist,client-side", "--markdown", "--html", page}
	code, out, errs := invoke(args...)
	content, err := os.ReadFile(page)
	if code != 0 || err != nil {
		t.Fatalf("exit %d, %v: %s", code, err, errs)
	}
	for _, want := range []string{"<th scope=\"row\">client-side</th><td class=\"bad\">nonconformant</td><td>longer than ", "<td>0 ms</td><td>closed</td>", "leak window"} {
		if !strings.Contains(string(content), want) {
			t.Errorf("no %q in\n%s", want, content)
		}
	}
	if want := "|  | verdict | leak window | without its store |"; !strings.Contains(out, want) || !strings.Contains(out, "| denylist | partial | 0 ms | closed |") {
		t.Errorf("no %q in\n%s", want, out)
	}
	for says, args := range map[string]string{"no such file": "--html nowhere/x.html", "--overhead -1s": "--overhead -1s"} {
		if code, _, errs := invoke(append([]string{"compare"}, strings.Fields(args)...)...); code != exit.CodeUsage || !strings.Contains(errs, says) {
			t.Errorf("%s: exit %d, %s", args, code, errs)
		}
	}
}
