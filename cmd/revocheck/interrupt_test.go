//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
)

// interrupter interrupts a command, as the first interrupt does, at the first
// thing written or after so many that are skipped.
type interrupter struct {
	cancel context.CancelFunc
	skip   int
}

func (i *interrupter) Write(b []byte) (int, error) {
	if i.skip--; i.skip < 0 {
		i.cancel()
	}
	return len(b), nil
}

// An interrupt half-way ends the run, which reports what was done and is no
// success.
func TestAnInterruptedRunReportsWhatWasDone(t *testing.T) {
	t.Parallel()
	stored := filepath.Join(t.TempDir(), "run.json")
	var out bytes.Buffer
	ctx, interrupt := context.WithCancel(t.Context())
	code := execute(ctx, []string{"run", "--verbose", "--json", stored}, &out, &interrupter{interrupt, 0})
	if code != report.ExitPartial || !strings.Contains(out.String(), "the run was interrupted") {
		t.Errorf("exit %d:\n%s", code, out.String())
	}
	if code, _, _ := invoke("report", stored); code != report.ExitPartial {
		t.Errorf("the stored run gives exit %d", code)
	}
}

// A comparison that is interrupted shows what was compared, and is no success.
func TestAnInterruptedComparisonIsPartial(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	ctx, interrupt := context.WithCancel(t.Context())
	code := execute(ctx, []string{"compare", "--only", "expiry", "--strategy", "denylist,not-before"}, &out, &interrupter{interrupt, 1})
	if code != report.ExitPartial || !strings.Contains(out.String(), "denylist") {
		t.Errorf("exit %d:\n%s", code, out.String())
	}
}

// An interrupt of a target that does not answer is not taken for its silence.
func TestAnInterruptBeforeTheFirstScenario(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"run", "probe"} {
		ctx, cancel := context.WithCancel(t.Context())
		mute := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() }))
		t.Cleanup(mute.Close)
		code, _, errs := command(ctx, name, "--target", targetFile(t, mute.URL, ""))
		if code != exit.CodeBroken || !strings.Contains(errs, "interrupted before its first scenario") {
			t.Errorf("%s: exit %d, %s", name, code, errs)
		}
	}
}

// A gateway that waits for a call under way goes at the second interrupt.
func TestTheSecondInterruptEndsTheProgram(t *testing.T) {
	t.Parallel()
	status := endedBySecondInterrupt(t, process("serve", "--addr", "127.0.0.1:0"))
	if status.Signal() != syscall.SIGINT {
		t.Errorf("it was not ended by the second interrupt: %v", status)
	}
}

// So it does where it has a Redis of its own, which goes first.
func TestTheSecondInterruptLeavesNoRedis(t *testing.T) {
	t.Parallel()
	redistest.Need(t, redisserver.Process)
	dir := t.TempDir()
	gateway := process("serve", "--addr", "127.0.0.1:0", "--store", "process")
	gateway.Env = append(gateway.Env, "TMPDIR="+dir)
	if status := endedBySecondInterrupt(t, gateway); status.ExitStatus() != 128+int(syscall.SIGINT) {
		t.Errorf("it was not ended by the second interrupt: %v", status)
	}
	if left := leftovers(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// endedBySecondInterrupt starts a gateway, interrupts it while a call is under
// way, which it waits for, and again when it has taken the first interrupt.
func endedBySecondInterrupt(t *testing.T, gateway *exec.Cmd) syscall.WaitStatus {
	t.Helper()
	arrived, release, answered := make(chan struct{}, 2), make(chan struct{}), make(chan int, 1)
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { arrived <- struct{}{}; <-release }))
	defer slow.Close()
	defer close(release)
	gateway.Args = append(gateway.Args, "--store-timeout", "1m", "--backend", slow.URL)
	url := started(t, gateway)
	token := loggedIn(t, url)
	go func() { answered <- get(url+"/api/hello", token) }()
	select {
	case <-arrived:
	case status := <-answered:
		t.Fatalf("the call did not reach the backend: it was answered %d", status)
	}
	sendInterrupt(t, gateway.Process)
	for listens(url) {
		continue
	}
	sendInterrupt(t, gateway.Process)
	if err := gateway.Wait(); err == nil {
		t.Error("it ended in good order")
	}
	return gateway.ProcessState.Sys().(syscall.WaitStatus)
}

// started starts a gateway and gives the URL that it says.
func started(t *testing.T, gateway *exec.Cmd) string {
	t.Helper()
	out, err := gateway.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := gateway.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = gateway.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	url, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if err != nil || !ok {
		t.Fatalf("it says %q, %v", line, err)
	}
	return url
}

// get is the status that a call is answered with, 0 without an answer.
func get(url, token string) int {
	r, _ := http.NewRequest(http.MethodGet, url, nil)
	r.Header.Set("Authorization", "Bearer "+token)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0
	}
	_ = res.Body.Close()
	return res.StatusCode
}

func listens(url string) bool {
	c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		return false
	}
	_ = c.Close()
	return true
}

func sendInterrupt(t *testing.T, p *os.Process) {
	t.Helper()
	if err := p.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
}

func loggedIn(t *testing.T, url string) string {
	t.Helper()
	body := fmt.Sprintf(`{"user":"alice","password":%q}`, reference.DefaultUsers()["alice"])
	res, err := http.Post(url+"/login", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var answer struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil || answer.Token == "" {
		t.Fatalf("the login gave no token: %d, %v", res.StatusCode, err)
	}
	return answer.Token
}
