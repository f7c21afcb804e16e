package reference_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/reference"
)

var update = flag.Bool("update", false, "write the matrix anew, to be read before it is committed")

// wholeMatrix asks for the whole matrix, which takes minutes.
const wholeMatrix = "REVOCHECK_WHOLE_MATRIX"

const goldenMatrix = "testdata/matrix.txt"

// play runs the catalogue, or the scenarios named, against one gateway.
func play(t *testing.T, cfg gateway.Config, only ...string) report.Run {
	t.Helper()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	target, err := reference.New(cfg, 2)
	if err != nil {
		t.Fatal(err)
	}
	run, err := scenarios.Run(context.Background(), target, all, scenarios.Options{Profile: scenarios.Full, Only: only})
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
// golden matrix, which says which are meant for it.
func TestMatrix(t *testing.T) {
	if os.Getenv(wholeMatrix) == "" && !*update {
		t.Skip("make matrix plays every scenario against every fault; TestEachFaultIsFound plays those that are meant for each")
	}
	golden := readMatrix(t)
	fresh := map[string][]string{}
	for _, f := range gateway.Faults() {
		t.Run(f.Name, func(t *testing.T) {
			run := play(t, gateway.Config{Store: "miniredis", Fault: f.Name})
			fresh[f.Name] = failures(run)
			if got := fresh[f.Name]; !*update && !slices.Equal(got, golden[f.Name]) {
				t.Errorf("fails\n  %s\nthe matrix has\n  %s", strings.Join(got, " "), strings.Join(golden[f.Name], " "))
			}
		})
	}
	if *update {
		writeMatrix(t, fresh)
	}
}

// TestEachFaultIsFound plays each fault against the first scenarios that the
// matrix has for it: each must fail, and the run must exit with 1.
func TestEachFaultIsFound(t *testing.T) {
	const tried = 3
	golden := readMatrix(t)
	for _, f := range gateway.Faults() {
		t.Run(f.Name, func(t *testing.T) {
			want := golden[f.Name]
			if len(want) == 0 {
				t.Fatal("no scenario fails: the fault goes unseen")
			}
			want = certain(want)
			want = want[:min(tried, len(want))]
			run := play(t, gateway.Config{Store: "miniredis", Fault: f.Name}, want...)
			if got := failures(run); !slices.Equal(got, want) {
				t.Errorf("of %v fail %v", want, got)
			}
			if code := report.ExitCode(run, false); code != report.ExitNonconformant && !onlyWarnings(run) {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// certain leaves out the scenario that meets a race by chance, unless no other
// finds the fault.
func certain(ids []string) []string {
	sure := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "concurrency/linearizable-logout" })
	if len(sure) == 0 {
		return ids
	}
	return sure
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
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	failed := map[string]bool{}
	for _, ids := range readMatrix(t) {
		for _, id := range ids {
			failed[id] = true
		}
	}
	for _, s := range all {
		if !failed[s.ID] {
			t.Errorf("no fault fails %s", s.ID)
		}
	}
}

// undoing are the defects that undo every logout for a while: whatever asks for
// a refusal finds them.
var undoing = []string{
	"ack-before-write", "connection-cached", "cut-off-in-future", "get-unchecked", "key-sub-iat-second",
	"logout-does-nothing", "negative-cache", "positive-cache-5s", "young-token-not-revoked",
}

// TestFaultsAreNarrow: a fault that fails half the suite shows that the suite
// looks, and not what each scenario looks for.
func TestFaultsAreNarrow(t *testing.T) {
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	matrix, wide := readMatrix(t), []string{}
	for fault, ids := range matrix {
		if 2*len(ids) >= len(all) {
			wide = append(wide, fault)
		}
	}
	slices.Sort(wide)
	if !slices.Equal(wide, undoing) {
		t.Errorf("half the suite fails with %v; that is meant of %v", wide, undoing)
	}
	if narrow := len(matrix) - len(wide); narrow < 40 {
		t.Errorf("%d narrow faults; 40 at least", narrow)
	}
}

// TestSoundGatewaysConform runs the healthy gateway with every strategy that
// ends tokens, every algorithm and every sound variant.
func TestSoundGatewaysConform(t *testing.T) {
	light := allBut(t, samples)
	for name, cfg := range soundGateways() {
		t.Run(name, func(t *testing.T) {
			var only []string
			if !slices.Contains(strategies, name) {
				only = light
			}
			run := play(t, cfg, only...)
			for _, r := range run.Records {
				if r.Verdict == report.Fail || r.Verdict == report.Inconclusive || r.Verdict == report.NotRun && r.Undeclared == "" {
					t.Errorf("%s: %s: %s", r.ID, r.Verdict, r.Why)
				}
			}
			if only == nil && run.Conclusion != report.Conformant {
				t.Errorf("%s: %s", run.Conclusion, run.Why)
			}
		})
	}
}

// samples are scenarios that send very many requests. Here they are played
// against each strategy; the tests of their groups play them against each sound
// variant.
var samples = []string{
	"retention/many-revocations", "retention/steady-use", "concurrency/logout-storm", "concurrency/burst-after-logout",
	"concurrency/leak-window", "concurrency/linearizable-logout", "isolation/no-over-block", "replay/hammered",
}

var strategies = []string{"healthy", "memory", "server-store", "not-before"}

// allBut lists the catalogue without some scenarios.
func allBut(t *testing.T, without []string) (ids []string) {
	t.Helper()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if !slices.Contains(without, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func soundGateways() map[string]gateway.Config {
	sound := map[string]gateway.Config{"healthy": {Store: "miniredis"}, "memory": {Store: "memory"}}
	for _, s := range []string{"server-store", "not-before"} {
		sound[s] = gateway.Config{Strategy: s, Store: "memory"}
	}
	for _, alg := range gateway.Algorithms() {
		sound[alg] = gateway.Config{Store: "memory", Alg: alg}
	}
	for _, v := range gateway.Variants() {
		cfg := gateway.Config{Store: "memory"}
		v.Apply(&cfg)
		sound[v.Name] = cfg
	}
	return sound
}

func readMatrix(t *testing.T) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(goldenMatrix)
	if err != nil && !*update {
		t.Fatal(err)
	}
	matrix := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		if fault, ids, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			matrix[fault] = strings.Fields(ids)
		}
	}
	return matrix
}

func writeMatrix(t *testing.T, matrix map[string][]string) {
	t.Helper()
	var b strings.Builder
	for _, f := range gateway.Faults() {
		fmt.Fprintf(&b, "%s: %s\n", f.Name, strings.Join(matrix[f.Name], " "))
	}
	if err := os.WriteFile(goldenMatrix, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}
