//go:build unix

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
)

// reports are the files of a run, in which yesterday's stand.
type reports struct {
	json, junit string
	others      map[string]string // by flag
}

const yesterday = "yesterday's"

func someReports(t *testing.T) reports {
	t.Helper()
	return reports{file(t, "run.json", yesterday), file(t, "run.xml", yesterday), map[string]string{
		"--html": file(t, "run.html", yesterday), "--markdown": file(t, "run.md", yesterday), "--sarif": file(t, "run.sarif", yesterday),
	}}
}

func (r reports) flags() []string {
	all := []string{"--json", r.json, "--junit", r.junit}
	for flag, name := range r.others {
		all = append(all, flag, name)
	}
	return all
}

// read gives the stored run, and how many errors JUnit shows. Each document has to
// be whole and of the same run.
func (r reports) read(t *testing.T) (report.Run, int) {
	t.Helper()
	content, err := os.ReadFile(r.json)
	if err != nil {
		t.Fatal(err)
	}
	run, err := report.ReadJSON(bytes.NewReader(content))
	if err != nil {
		t.Fatalf("%v in %q", err, content)
	}
	xml, err := os.ReadFile(r.junit)
	if err != nil || !strings.HasSuffix(string(xml), "</testsuites>\n") && !strings.HasSuffix(string(xml), "</testsuites>") {
		t.Fatalf("%v in %q", err, xml)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(r.json), ".*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	for flag, name := range r.others {
		content, err := os.ReadFile(name)
		if err != nil || !strings.Contains(strings.ToLower(string(content)), run.Conclusion.String()) {
			t.Errorf("%s holds %q, %v", flag, content, err)
		}
	}
	return run, strings.Count(string(xml), "<error ")
}

// A run that ends before its first scenario leaves a report that says why, in
// place of yesterday's.
func TestWhatEndsEarlyReplacesYesterdaysReport(t *testing.T) {
	t.Parallel()
	away := targetFile(t, nobody, "")
	for says, c := range map[string]struct {
		code int
		args string
	}{
		"unknown profile":       {exit.CodeUsage, "--profile all"},
		"unknown strategy":      {exit.CodeUsage, "--strategy hope"},
		"no such store":         {exit.CodeUsage, "--store redis-server"},
		"no scenario matched":   {exit.CodeUsage, "--only nosuch"},
		"no such file":          {exit.CodeUsage, "--target nosuch.yaml"},
		"nobody listens there":  {exit.CodeBroken, "--target " + away},
		"its --timeout":         {exit.CodeBroken, "--timeout 1ns --target " + away},
		"cannot be reached":     {exit.CodeBroken, "--store redis://127.0.0.1:1"},
		"--max-wait -1s: it mu": {exit.CodeUsage, "--max-wait -1s --allow-partial"},
		"unknown flag: --bogus": {exit.CodeUsage, "--bogus"},
		"invalid argument":      {exit.CodeUsage, "--seed x"},
		"takes no arguments":    {exit.CodeUsage, "more"},
		"are opposites":         {exit.CodeUsage, "--verbose --quiet"},
		"--expect: ":            {exit.CodeUsage, "--expect nosuch.json"},
	} {
		files := someReports(t)
		code, _, errs := invoke(append(append([]string{"run"}, files.flags()...), strings.Fields(c.args)...)...)
		run, errors := files.read(t)
		if code != c.code || errors != 1 || run.Conclusion != report.Broken || !strings.Contains(run.Ended, says) || !strings.Contains(errs, says) {
			t.Errorf("%s: exit %d, %d errors, %v: %s\n%s", c.args, code, errors, run.Conclusion, run.Ended, errs)
		}
		if again, _, _ := invoke("report", files.json, "--allow-partial"); again != report.ExitBroken {
			t.Errorf("%s: rendered again it exits %d", c.args, again)
		}
	}
}

// An output that cannot be written keeps no yesterday's report in another.
func TestAnOutputThatCannotBeWrittenReplacesTheOthers(t *testing.T) {
	t.Parallel()
	old := file(t, "old.json", yesterday)
	code, _, errs := invoke("run", "--json", old, "--junit", filepath.Join(t.TempDir(), "none", "x.xml"))
	content, err := os.ReadFile(old)
	if code != exit.CodeUsage || err != nil || !strings.Contains(string(content), "cannot be written") {
		t.Errorf("exit %d, %v, %q\n%s", code, err, content, errs)
	}
}

// A flag that cannot be read comes before all others are known: what the command
// line names as an output is replaced wherever it stands, and what it names
// twice, or as something else, stays.
func TestAFlagThatCannotBeReadReplacesYesterdaysReport(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"run --bogus --json FILE", "run --json=FILE --bogus", "probe --bogus --json FILE", "bench --json FILE --rate x", "report other.json --json FILE --bogus"} {
		old := file(t, "old.json", yesterday)
		code, _, errs := invoke(strings.Fields(strings.ReplaceAll(args, "FILE", old))...)
		content, err := os.ReadFile(old)
		if code != exit.CodeUsage || err != nil || !strings.Contains(string(content), `"ended"`) {
			t.Errorf("%s: exit %d, %v, %q\n%s", args, code, err, content, errs)
		}
	}
	for _, args := range []string{"run --bogus --target FILE", "run --bogus --target FILE --json FILE", "run --bogus --script=FILE --json FILE", "report FILE --json FILE --bogus", "list --bogus --json FILE"} {
		old := file(t, "old.json", yesterday)
		_, _, _ = invoke(strings.Fields(strings.ReplaceAll(args, "FILE", old))...)
		if content, err := os.ReadFile(old); err != nil || string(content) != yesterday {
			t.Errorf("%s: %v, %q", args, err, content)
		}
	}
}

// The documents come before the screen, and who does not read the screen loses
// nothing.
func TestAClosedPipeCostsNothing(t *testing.T) {
	t.Parallel()
	for _, args := range []string{"", "--verbose"} {
		files := someReports(t)
		cmd := process(append(append([]string{"run", "--strategy", "client-side", "--only", "lifecycle"}, files.flags()...), strings.Fields(args)...)...)
		cmd.Stdout, cmd.Stderr = unread(t), unread(t)
		err := cmd.Run()
		run, _ := files.read(t)
		if code := cmd.ProcessState.ExitCode(); code != report.ExitNonconformant || run.Conclusion != report.Nonconformant || run.Ended != "" {
			t.Errorf("exit %d (%v), %v, ended %q", code, err, run.Conclusion, run.Ended)
		}
	}
	for args, want := range map[string]int{"list": 0, "run --dry-run": 0, "run --allow-partial --json - --only " + oneID: 0, "explain " + oneID: 0} {
		cmd := process(strings.Fields(args)...)
		cmd.Stdout = unread(t)
		if err := cmd.Run(); cmd.ProcessState.ExitCode() != want {
			t.Errorf("%s: %v", args, err)
		}
	}
}

// unread is a pipe that nobody reads.
func unread(t *testing.T) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w
}

// At whichever request a run is ended, both documents are whole, and say that it
// ended unless all was done; it is no success unless all was done.
func TestASignalAtAnyMoment(t *testing.T) {
	t.Parallel()
	total := signalled(t, 0, syscall.SIGTERM)
	if total < 20 {
		t.Fatalf("a whole run sends %d requests", total)
	}
	random := rand.New(rand.NewPCG(20, 7))
	for i := range 23 {
		s, nth := syscall.SIGTERM, 1+random.IntN(total)
		if i >= 20 {
			s = syscall.SIGKILL
		}
		t.Run(fmt.Sprintf("%v at %d", s, nth), func(t *testing.T) {
			t.Parallel()
			signalled(t, nth, s)
		})
	}
}

// signalled runs scenarios in a process that gets a signal at the nth request,
// 0 for none, and gives how many requests it sent.
func signalled(t *testing.T, nth int, s syscall.Signal) int {
	t.Helper()
	d, err := reference.Start(reference.Config{Users: map[string]string{"alice": "a-secret-password"}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	var requests atomic.Int64
	var cmd *exec.Cmd
	started := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if <-started; requests.Add(1) == int64(nth) {
			_ = cmd.Process.Signal(s) // it may be gone already
		}
		d.Replicas()[0].ServeHTTP(w, r)
	}))
	defer server.Close()
	files := someReports(t)
	args := append([]string{"run", "--target", targetFile(t, server.URL, ""), "--allow-partial"}, files.flags()...)
	cmd = process(append(args, only(oneID, "lifecycle/second*", "replay/after-logout", "replay/every*")...)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	close(started)
	_ = cmd.Wait() // its code is looked at
	checkEnd(t, files, nth, cmd.ProcessState)
	return int(requests.Load())
}

func checkEnd(t *testing.T, files reports, nth int, state *os.ProcessState) {
	t.Helper()
	run, errors := files.read(t)
	code := state.ExitCode()
	switch {
	case run.Ended == "": // all was done before the signal was heard
		if code != 0 || errors != 0 || len(run.Records) != 4 {
			t.Errorf("at request %d: exit %d, %d records, %d errors", nth, code, len(run.Records), errors)
		}
	case code == 0 || nth == 0:
		t.Errorf("at request %d: exit %d, though %q", nth, code, run.Ended)
	case errors == 0:
		t.Errorf("at request %d: %q, and JUnit shows no error", nth, run.Ended)
	case code != -1 && code != report.ExitPartial && code != exit.CodeBroken:
		t.Errorf("at request %d: exit %d, %q", nth, code, run.Ended)
	}
}

// A run that its time-out ends reports what was done.
func TestTheTimeoutEndsARun(t *testing.T) {
	t.Parallel()
	mute := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	}))
	defer mute.Close()
	files := someReports(t)
	code, _, errs := invoke(append([]string{"run", "--allow-partial", "--timeout", "100ms", "--target", targetFile(t, mute.URL, "")}, files.flags()...)...)
	if run, errors := files.read(t); code != exit.CodeBroken || errors != 1 || !strings.Contains(run.Ended, "100ms, its --timeout") {
		t.Errorf("exit %d, %s, ended %q", code, errs, run.Ended)
	}
}

// An interrupt is no success, whoever allows partial runs.
func TestAnInterruptedRunIsNeverASuccess(t *testing.T) {
	t.Parallel()
	files := someReports(t)
	ctx, cancel := context.WithCancel(t.Context())
	d, err := reference.Start(reference.Config{Users: map[string]string{"alice": "a-secret-password"}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/logout" { // the first scenario is under way
			cancel()
		}
		d.Replicas()[0].ServeHTTP(w, r)
	}))
	defer server.Close()
	code, out, errs := command(ctx, append([]string{"run", "--allow-partial", "--only", oneID, "--target", targetFile(t, server.URL, "")}, files.flags()...)...)
	run, errors := files.read(t)
	if code != report.ExitPartial || errors == 0 || run.Ended != "the run was interrupted" || !strings.Contains(out+errs, "interrupted") {
		t.Errorf("exit %d, %d errors, ended %q\n%s%s", code, errors, run.Ended, out, errs)
	}
	if again, _, _ := invoke("report", files.json, "--allow-partial"); again != report.ExitPartial {
		t.Errorf("rendered again it exits %d", again)
	}
}
