package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/benchside"
)

// The tests here measure nothing, so that they do not hang on the speed of the
// machine. Those that measure are part of the self-test.

// The binary of a test is no gateway.
func init() { launchGateway = benchside.InProcess }

// runBench runs the bench command in this process.
func runBench(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	return invoke(append([]string{"bench"}, args...)...)
}

func TestBenchUsage(t *testing.T) {
	for _, args := range [][]string{
		{"--rate", "none"}, {"--mix", "dead=1"}, {"--strategy", "none such"}, {"--against", "none such"}, {"--precision", "2"},
		{"--max-overhead", "p50"}, {"--max-p99", "-1s"}, {"--duration", "0s"}, {"--population", "-1"}, {"--population", "2000000"},
		{"--target", "no-such-file.yaml"}, {"--target", "x.yaml", "--strategy", "denylist"}, {"--replicas", "0"},
		{"--json", "-", "--save", "-"}, {"--vegeta", "/no/such/directory/x"}, {"--plant-delay", "1h"},
		{"sweep"}, {"sweep", "--populations", "x"}, {"saturate", "--rate", "x"}, {"no such"},
	} {
		if code, out, errOut := runBench(t, append([]string{}, args...)...); code != exitUsage || errOut == "" {
			t.Errorf("%v: exit %d\n%s%s", args, code, out, errOut)
		}
	}
}

func TestBenchOfAStoreThatIsNotThere(t *testing.T) {
	if code, out, _ := runBench(t, "--store", "redis://127.0.0.1:1"); code != exitBroken {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestBenchOfATargetThatIsNotThere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "target.yaml")
	contract := `name: dead
endpoints: [http://127.0.0.1:1]
users: [{name: alice, password: a}, {name: bob, password: b}]
login: {path: /login}
logout: {path: /logout}
routes: [{path: /api}]
`
	if err := os.WriteFile(file, []byte(contract), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errOut := runBench(t, "--target", file)
	if code != exitBroken || !strings.Contains(errOut, "cannot be reached") {
		t.Errorf("exit %d: %s", code, errOut)
	}
}

func storeFile(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestBenchDiffLeavesConformanceRunsAlone(t *testing.T) {
	conformance := storeFile(t, "run.json", `{"schema":1,"records":[]}`)
	if handled, err := diffBenches(&bytes.Buffer{}, conformance, conformance); handled || err != nil {
		t.Errorf("two conformance runs: handled %v, %v", handled, err)
	}
	bench := storeFile(t, "bench.json", `{"schema":1,"kind":"revocheck-bench"}`)
	for _, files := range [][2]string{{bench, conformance}, {bench, bench}, {"none.json", bench}} {
		var e *exitError
		if _, err := diffBenches(&bytes.Buffer{}, files[0], files[1]); !errors.As(err, &e) || e.code != exitUsage {
			t.Errorf("%v: %v", files, err)
		}
	}
}

func TestMergeOfWhatIsNoStream(t *testing.T) {
	for _, files := range [][]string{{"none.bin"}, {storeFile(t, "x.bin", "text")}} {
		var e *exitError
		if err := mergeStreams(&bytes.Buffer{}, files); !errors.As(err, &e) || e.code != exitUsage {
			t.Errorf("%v: %v", files, err)
		}
	}
}
