package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/report"
)

// TestAFailureMayBeKnownUntilADay goes the way of a user: a run fails, its
// failures are written down, and from then on it passes until something changes.
func TestAFailureMayBeKnownUntilADay(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	stored, known := filepath.Join(dir, "run.json"), filepath.Join(dir, "known.yaml")
	leaky := []string{"run", "--fault", "second-route-unchecked", "--only", "replay", "--allow-partial"}
	if code, _, errs := invoke(append(leaky, "--json", stored)...); code != report.ExitNonconformant {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	write := []string{"report", "expect", stored, "--reason", "mended with release 9", "--until"}
	if code, _, errs := invoke(append(write, "2099-03-31", "--output", known)...); code != 0 {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if code, out, errs := invoke(append(leaky, "--expect", known)...); code != 0 || !strings.Contains(out, "as expected") {
		t.Errorf("the same failures: exit code %d\n%s%s", code, out, errs)
	}
	if code, out, _ := invoke("run", "--expect", known); code != report.ExitNonconformant || !strings.Contains(out, "no longer there") {
		t.Errorf("a gateway that was mended: exit code %d\n%s", code, out)
	}
	lapsed := filepath.Join(dir, "lapsed.yaml")
	invoke(append(write, "2020-03-31", "--output", lapsed)...)
	if code, out, _ := invoke(append(leaky, "--expect", lapsed)...); code != report.ExitNonconformant || !strings.Contains(out, "lapsed") {
		t.Errorf("a day that is over: exit code %d\n%s", code, out)
	}
}

func TestAFileOfKnownFailuresThatIsWrongRunsNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	wrong, old := filepath.Join(dir, "wrong.yaml"), filepath.Join(dir, "run.json")
	if err := os.WriteFile(wrong, []byte("- scenario: replay/after-logout\n  until: soon\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := invoke("run", "--expect", wrong, "--json", old); code != exit.CodeUsage || !strings.Contains(errs, "wrong.yaml, line 1: reason is missing") {
		t.Errorf("exit code %d: %s", code, errs)
	}
	if code, _, errs := invoke("run", "--expect", wrong, "--json", wrong); code != exit.CodeUsage || strings.Contains(errs, "reason") && !strings.Contains(errs, "line 1") {
		t.Errorf("an output that is an input: exit code %d: %s", code, errs)
	}
	if got, err := os.ReadFile(wrong); err != nil || !strings.Contains(string(got), "soon") {
		t.Error("the file of known failures was written over")
	}
}
