//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
)

// interrupter sends this process an interrupt at the first thing written, or
// after so many that are skipped.
type interrupter struct {
	skip int
	once sync.Once
	err  error
}

func (i *interrupter) Write(b []byte) (int, error) {
	if i.skip--; i.skip >= 0 {
		return len(b), nil
	}
	i.once.Do(func() { i.err = syscall.Kill(syscall.Getpid(), syscall.SIGINT) })
	return len(b), i.err
}

// An interrupt half-way ends the run, which reports what was done and is no
// success.
func TestAnInterruptedRunReportsWhatWasDone(t *testing.T) {
	stored := filepath.Join(t.TempDir(), "run.json")
	var out bytes.Buffer
	code := execute(t.Context(), []string{"run", "--json", stored}, &out, &interrupter{})
	if code != report.ExitPartial || !strings.Contains(out.String(), "the run was interrupted") {
		t.Errorf("exit %d:\n%s", code, out.String())
	}
	if code, _, _ := invoke("report", stored); code != report.ExitPartial {
		t.Errorf("the stored run gives exit %d", code)
	}
}

// A comparison that is interrupted shows what was compared, and is no success.
func TestAnInterruptedComparisonIsPartial(t *testing.T) {
	var out bytes.Buffer
	code := execute(t.Context(), []string{"compare", "--only", "expiry", "--strategy", "denylist,not-before"}, &out, &interrupter{skip: 1})
	if code != report.ExitPartial || !strings.Contains(out.String(), "denylist") {
		t.Errorf("exit %d:\n%s", code, out.String())
	}
}

// An interrupt of a target that does not answer is not taken for its silence.
func TestAnInterruptBeforeTheFirstScenario(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	mute := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { cancel(); <-r.Context().Done() }))
	defer mute.Close()
	for _, name := range []string{"run", "probe"} {
		code, _, errs := command(ctx, name, "--target", targetFile(t, mute.URL, ""))
		if code != exitBroken || !strings.Contains(errs, "interrupted before its first scenario") {
			t.Errorf("%s: exit %d, %s", name, code, errs)
		}
	}
}

// A gateway that waits for a call under way goes at the second interrupt.
func TestTheSecondInterruptEndsTheProgram(t *testing.T) {
	arrived, release := make(chan struct{}), make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { arrived <- struct{}{}; <-release }))
	defer slow.Close()
	defer close(release)
	gateway := process("serve", "--addr", "127.0.0.1:0", "--backend", slow.URL)
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
	token := loggedIn(t, url)
	go func() {
		r, _ := http.NewRequest(http.MethodGet, url+"/api/hello", nil)
		r.Header.Set("Authorization", "Bearer "+token)
		if res, err := http.DefaultClient.Do(r); err == nil {
			_ = res.Body.Close()
		}
	}()
	<-arrived
	interrupt(t, gateway.Process)
	for closed := false; !closed; { // the first one has been taken when nobody listens any more
		c, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
		if closed = err != nil; !closed {
			_ = c.Close()
		}
	}
	interrupt(t, gateway.Process)
	var exit *exec.ExitError
	if err := gateway.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
		t.Errorf("it was not ended by the second interrupt: %v", err)
	}
}

func interrupt(t *testing.T, p *os.Process) {
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
