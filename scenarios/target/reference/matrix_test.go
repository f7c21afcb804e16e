package reference_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/reference"
	"github.com/revocheck/revocheck/scenarios/target/reference/matrix"
)

var update = flag.Bool("update", false, "write anew what the matrix has after the bar, to be read before it is committed")

// wholeMatrix asks for the whole matrix, which takes minutes.
const wholeMatrix = "REVOCHECK_WHOLE_MATRIX"

const goldenMatrix = "matrix/matrix.txt"

// play runs the catalogue, or the scenarios named, against one gateway.
func play(t *testing.T, cfg gateway.Config, only ...string) report.Run {
	t.Helper()
	target, err := reference.New(cfg, 2)
	if err != nil {
		t.Fatal(err)
	}
	run, err := scenarios.Run(t.Context(), target, all(t), scenarios.Options{Profile: scenarios.Full, Only: only})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range run.Records {
		if r.Verdict == report.Error || r.Verdict == report.Undecided {
			t.Errorf("%s: %s: %s", r.ID, r.Verdict, r.Why)
		}
	}
	return run
}

func all(t *testing.T) []scenarios.Scenario {
	t.Helper()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func failures(run report.Run) []string {
	var ids []string
	for _, r := range run.Records {
		if r.Verdict == report.Fail {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

// TestMatrix plants each fault and compares the scenarios that fail with the
// golden matrix.
func TestMatrix(t *testing.T) {
	if os.Getenv(wholeMatrix) == "" && !*update {
		t.Skip("make matrix plays every scenario against every fault; TestEachFaultIsFound plays those that are meant for each")
	}
	var mu sync.Mutex
	fresh := readMatrix(t)
	t.Run("faults", func(t *testing.T) {
		for i, f := range gateway.Faults() {
			t.Run(f.Name, func(t *testing.T) {
				t.Parallel()
				failed := failures(play(t, gateway.Config{Store: "miniredis", Fault: f.Name}))
				mu.Lock()
				defer mu.Unlock()
				fresh[i] = compared(t, fresh[i], failed)
			})
		}
	})
	if *update {
		writeMatrix(t, fresh)
	}
}

// compared holds what has failed against a line of the matrix, and returns the
// line as it would be.
func compared(t *testing.T, line matrix.Line, failed []string) matrix.Line {
	t.Helper()
	for _, id := range line.Meant {
		if !slices.Contains(failed, id) {
			t.Errorf("%s is meant for this fault, and does not fail", id)
		}
	}
	also := slices.DeleteFunc(slices.Clone(failed), func(id string) bool { return slices.Contains(line.Meant, id) })
	if !*update && !slices.Equal(also, line.Also) {
		t.Errorf("beside what is meant for it fail\n  %s\nthe matrix has\n  %s", strings.Join(also, " "), strings.Join(line.Also, " "))
	}
	return matrix.Line{Fault: line.Fault, Meant: line.Meant, Also: also}
}

// TestEachFaultIsFound plays each fault against the scenarios that are meant
// for it: each must fail, the run must exit with 1, and its causes must be those of
// the golden file.
func TestEachFaultIsFound(t *testing.T) {
	causes := goldenCauses(t)
	for _, line := range readMatrix(t) {
		t.Run(line.Fault, func(t *testing.T) {
			t.Parallel()
			if len(line.Meant) == 0 {
				t.FailNow() // readMatrix has said why
			}
			run := play(t, gateway.Config{Store: "miniredis", Fault: line.Fault}, line.Meant...)
			// The preflight adds a record where the token of its own logout lives on.
			run.Records = slices.DeleteFunc(run.Records, func(r report.Record) bool { return !slices.Contains(line.Meant, r.ID) })
			for _, r := range run.Records {
				if r.Verdict != report.Fail {
					t.Errorf("%s: %s (%s), and it must fail", r.ID, r.Verdict, r.Why)
				}
			}
			for _, id := range line.Meant { // a token that outlives the preflight's logout adds a record
				if !slices.ContainsFunc(run.Records, func(r report.Record) bool { return r.ID == id }) {
					t.Errorf("%s was not played", id)
				}
			}
			if code := report.ExitCode(run, false); code != report.ExitNonconformant && !onlyWarnings(run) {
				t.Errorf("exit code %d", code)
			}
			causes.compare(t, line.Fault, run.WithCauses().Causes)
		})
	}
}

// onlyWarnings reports whether what failed is a should or a may.
func onlyWarnings(run report.Run) bool {
	return !slices.ContainsFunc(run.Records, func(r report.Record) bool {
		return r.Verdict == report.Fail && r.Level == report.Must
	})
}

// TestEveryScenarioCanFail sees to it that the matrix has a fault for each
// scenario: one that none can fail would be no test.
func TestEveryScenarioCanFail(t *testing.T) {
	failed := map[string]bool{}
	for _, line := range readMatrix(t) {
		for _, id := range line.Scenarios() {
			failed[id] = true
		}
	}
	for _, s := range all(t) {
		if !failed[s.ID] && s.Widest() == scenarios.Full { // TestCanaryFindsWhereTheCheckDoesNotRun
			t.Errorf("no fault fails %s", s.ID)
		}
	}
}

// undoing are the defects that undo every logout for a while: whatever asks for
// a refusal finds them.
var undoing = []string{
	"ack-before-write", "connection-cached", "cut-off-in-future", "get-unchecked", "key-sub-iat-second",
	"logout-does-nothing", "negative-cache", "positive-cache-5s", "refresh-token-revoked-alone", "signature-cache-outlives-revocation",
	"tracked-cache-serves-own-logout", "young-token-not-revoked",
}

// TestFaultsAreNarrow: a fault that fails half the suite shows that the suite
// looks, and not what each scenario looks for.
func TestFaultsAreNarrow(t *testing.T) {
	var wide []string
	lines, whole := readMatrix(t), len(all(t))
	for _, line := range lines {
		if 2*len(line.Scenarios()) >= whole {
			wide = append(wide, line.Fault)
		}
	}
	slices.Sort(wide)
	if !slices.Equal(wide, undoing) {
		t.Errorf("half the suite fails with %v; that is meant of %v", wide, undoing)
	}
	if narrow := len(lines) - len(wide); narrow < 40 {
		t.Errorf("%d narrow faults; 40 at least", narrow)
	}
}

// readMatrix gives the golden line of each fault. A fault that has none yet
// gets an empty one.
func readMatrix(t *testing.T) []matrix.Line {
	t.Helper()
	golden, err := matrix.All()
	if err != nil {
		t.Fatal(err)
	}
	lines := make([]matrix.Line, len(gateway.Faults()))
	for i, f := range gateway.Faults() {
		lines[i].Fault = f.Name
		if at := slices.IndexFunc(golden, func(l matrix.Line) bool { return l.Fault == f.Name }); at >= 0 {
			lines[i] = golden[at]
		}
		if len(lines[i].Meant) == 0 {
			t.Errorf("no scenario is meant for %s: write one before the bar, in %s", f.Name, goldenMatrix)
		}
	}
	if !*update && len(golden) != len(lines) {
		t.Errorf("the matrix has %d lines for %d faults", len(golden), len(lines))
	}
	return lines
}

func writeMatrix(t *testing.T, lines []matrix.Line) {
	t.Helper()
	var b strings.Builder
	for _, line := range lines {
		fmt.Fprintln(&b, line)
	}
	if err := os.WriteFile(goldenMatrix, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
