package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

func TestBenchDiffAndMerge(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	run, stream := filepath.Join(dir, "run.json"), filepath.Join(dir, "v.bin")
	if code, out, errOut := benchQuickly(t, "--json", run, "--vegeta", stream); code != 0 {
		t.Fatalf("exit %d\n%s%s", code, out, errOut)
	}
	if code, out, errs := invoke("report", "diff", run, run); code != 0 || !strings.Contains(out, "not significant") {
		t.Errorf("a run against itself: exit %d, %s\n%s", code, errs, out)
	}
	conformance := file(t, "run.json", `{"schema":1,"records":[]}`)
	if code, _, errs := invoke("report", "diff", run, conformance); code != exit.CodeUsage || !strings.Contains(errs, "only one of") {
		t.Errorf("a bench against a run of scenarios: exit %d, %s", code, errs)
	}
	if code, out, errs := invoke("report", "merge", stream, stream); code != 0 || !strings.Contains(out, "denylist") {
		t.Errorf("exit %d, %s\n%s", code, errs, out)
	}
}

func TestBenchDiffLeavesConformanceRunsAlone(t *testing.T) {
	t.Parallel()
	conformance := file(t, "run.json", `{"schema":1,"records":[]}`)
	bench := file(t, "bench.json", `{"schema":1,"kind":"revocheck-bench"}`)
	for says, files := range map[string][2]string{
		"the stored bench result has 0 overheads": {bench, bench},
		"no such file": {"none.json", bench},
		"read report":  {conformance, conformance},
	} {
		if code, _, errs := invoke("report", "diff", files[0], files[1]); code != exit.CodeUsage || !strings.Contains(errs, says) {
			t.Errorf("%v: exit %d, %s", files, code, errs)
		}
	}
}

func TestMergeOfWhatIsNoStream(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"none.bin", file(t, "x.bin", "text")} {
		if code, _, errs := invoke("report", "merge", name); code != exit.CodeUsage || errs == "" {
			t.Errorf("%s: exit %d, %s", name, code, errs)
		}
	}
}
