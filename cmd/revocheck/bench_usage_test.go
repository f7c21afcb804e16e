package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// The tests here measure nothing, so that they do not hang on the speed of the
// machine. Those that measure are part of the self-test.

// runBench runs the bench command in this process.
func runBench(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	if !slices.Contains(args, "--target") {
		args = append(args, "--in-process") // the binary of a test is no gateway
	}
	return invoke(append([]string{"bench"}, args...)...)
}

func TestBenchUsage(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"--rate", "none"}, {"--mix", "dead=1"}, {"--strategy", "none such"}, {"--against", "none such"}, {"--precision", "2"},
		{"--max-overhead", "p50"}, {"--max-p99", "-1s"}, {"--duration", "0s"}, {"--population", "-1"}, {"--population", "2000000"},
		{"--target", "no-such-file.yaml"}, {"--target", "x.yaml", "--strategy", "denylist"}, {"--replicas", "0"},
		{"--json", "-", "--benchstat", "-"}, {"--json", "/no/such/directory/x"}, {"--svg", "/dev/null/x"}, {"--save", "x"}, {"--vegeta", "/no/such/directory/x"}, {"--plant-delay", "1h"},
		{"sweep"}, {"sweep", "--populations", "x"}, {"saturate", "--rate", "x"}, {"no such"},
	} {
		if code, out, errOut := runBench(t, append([]string{}, args...)...); code != exit.CodeUsage || errOut == "" {
			t.Errorf("%v: exit %d\n%s%s", args, code, out, errOut)
		}
	}
}

func TestBenchOfAStoreThatIsNotThere(t *testing.T) {
	t.Parallel()
	if code, out, _ := runBench(t, "--store", "redis://127.0.0.1:1"); code != exit.CodeBroken {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestBenchOfATargetThatIsNotThere(t *testing.T) {
	t.Parallel()
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
	if code != exit.CodeBroken || !strings.Contains(errOut, "cannot be reached") {
		t.Errorf("exit %d: %s", code, errOut)
	}
}
