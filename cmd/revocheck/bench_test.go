package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/loadgen/stored"
)

// The benches of these tests are as long as a number of rounds, and nothing is
// late or times out, so that they come to the same on any machine.

// quick is a bench of few calls.
var quick = []string{"--rounds", "7", "--slice", "20ms", "--warm-up", "0s", "--tokens", "50", "--rate", "5000", "--late", "1h", "--timeout", "5m"}

func benchQuickly(t *testing.T, more ...string) (int, string, string) {
	t.Helper()
	return runBench(t, append(append([]string{}, quick...), more...)...)
}

func TestBenchHoldsItsLimits(t *testing.T) {
	t.Parallel()
	code, out, errOut := benchQuickly(t, "--max-overhead", "p50=100000%", "--max-p99", "1h")
	if code != 0 || !strings.Contains(out, "denylist against verify") || !strings.Contains(out, "proven") {
		t.Errorf("exit %d\n%s%s", code, out, errOut)
	}
}

func TestBenchBreaksALimit(t *testing.T) {
	t.Parallel()
	code, out, _ := benchQuickly(t, "--max-p50", "1ns")
	if code != 1 || !strings.Contains(out, "broken") {
		t.Errorf("exit %d\n%s", code, out)
	}
}

func TestBenchIsPartial(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"too few pairs":           {"--rounds", "3"},
		"a precision not reached": {"--precision", "0.0000001%"},
	} {
		if code, out, errOut := benchQuickly(t, args...); code != exit.CodePartial || !strings.Contains(errOut, "partial") {
			t.Errorf("%s: exit %d\n%s%s", name, code, out, errOut)
		}
		if code, _, errOut := benchQuickly(t, append(args, "--allow-partial")...); code != 0 {
			t.Errorf("%s, allowed: exit %d\n%s", name, code, errOut)
		}
	}
	if _, out, _ := benchQuickly(t, "--precision", "0.0000001%"); !strings.Contains(out, "NOT REACHED") {
		t.Errorf("a precision that was not reached is not said:\n%s", out)
	}
}

func TestBenchOfEveryBaseline(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"--against", "none"}, {"--against", "not-before"}, {"--strategy", "apim-counter"}, {"--strategy", "apim-counter", "--against", "none"},
		{"--strategy", "server-store", "--store", "sqlite", "--population", "20"}, {"--store", "miniredis", "--population", "20"},
	} {
		if code, out, errOut := benchQuickly(t, args...); code != 0 {
			t.Errorf("%v: exit %d\n%s%s", args, code, out, errOut)
		}
	}
}

func TestBenchFailsOnALeak(t *testing.T) {
	t.Parallel()
	args := []string{"--fault", "logout-does-nothing"}
	if code, out, errOut := benchQuickly(t, args...); code != 1 || !strings.Contains(out, "broken") {
		t.Errorf("exit %d\n%s%s", code, out, errOut)
	}
}

func TestBenchWritesItsFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	code, out, errOut := benchQuickly(t, "--json", "-", "--benchstat", at("b.txt"), "--vegeta", at("v.bin"),
		"--hdr", at("h.hgrm"), "--svg", at("plots"), "--storm", "100", "--sequential")
	if code != 0 {
		t.Fatalf("exit %d\n%s%s", code, out, errOut)
	}
	r, err := stored.Read(strings.NewReader(out))
	if err != nil || r.Sequential == nil || r.Subject.Tally.Logouts == 0 {
		t.Errorf("standard output is not the result alone: %v", err)
	}
	for _, name := range []string{"b.txt", "v.bin", "h.hgrm", "plots/timeline.svg", "plots/percentiles.svg", "plots/overhead.svg"} {
		if info, err := os.Stat(at(name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	stream, err := os.Open(at("v.bin"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = stream.Close() }()
	merged, err := stored.Merge(stream)
	if err != nil {
		t.Fatal(err)
	}
	var got uint64
	for _, s := range merged.Sides { // baseline, subject and control
		got += s.Tally.Calls()
	}
	if want := r.Baseline.Tally.Calls() + r.Subject.Tally.Calls() + r.Control.Tally.Calls(); got != want {
		t.Errorf("the stream holds %d calls, the result %d", got, want)
	}
}

func TestBenchSweepAndSaturate(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	sweep := append([]string{"sweep", "--populations", "0,20", "--svg", dir}, quick...)
	if code, out, errOut := runBench(t, sweep...); code != 0 || !strings.Contains(out, "revoked tokens") {
		t.Errorf("sweep: exit %d\n%s%s", code, out, errOut)
	}
	saturate := append([]string{"saturate", "--from", "100", "--to", "200", "--probe", "50ms", "--max-p99", "1h"}, quick...)
	if code, out, errOut := runBench(t, saturate...); code != 0 || !strings.Contains(out, "200 calls a second") {
		t.Errorf("saturate: exit %d\n%s%s", code, out, errOut)
	}
}

func TestBenchTable(t *testing.T) {
	t.Parallel()
	code, out, errOut := runBench(t, append([]string{"table", "--stores", "memory", "--allow-partial"}, quick...)...)
	if code != 0 || strings.Count(out, "\n") < 6 {
		t.Errorf("exit %d\n%s%s", code, out, errOut)
	}
	for _, row := range []string{"| HAProxy, jwt_verify and a map | map |", "| nginx, a bare proxy | - |"} {
		_, line, found := strings.Cut(out, row)
		line, _, _ = strings.Cut(line, "\n")
		if !found || strings.Contains(line, "not measured") && !strings.Contains(line, "is not installed") {
			t.Errorf("%s%s: a row is missing, or not measured for another reason than that there is no program\n%s", row, line, out)
		}
	}
}
