package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
)

// dry runs the command line for a target that nobody serves.
func dry(t *testing.T, more string, args ...string) string {
	t.Helper()
	file := targetFile(t, "http://gateway.invalid", more)
	code, out, err := command(t.Context(), append([]string{"run", "--dry-run", "--target", file}, args...)...)
	if code != 0 {
		t.Fatalf("exit %d, %s", code, err)
	}
	return out
}

// TestADryRunCounts: the sum is that of the scenarios, and theirs that of the
// lines below them.
func TestADryRunCounts(t *testing.T) {
	t.Parallel()
	out := dry(t, "")
	heading, line := regexp.MustCompile(`^\S.* \((\d+) calls?\)$`), regexp.MustCompile(`^    [A-Za-z]+ /.*?(?: \((\d+) times\))?$`)
	sum, own, said, scenarios := 0, 0, 0, 0
	check := func() {
		if own != said {
			t.Errorf("%d lines below a heading that says %d", own, said)
		}
		sum, own = sum+said, 0
	}
	for text := range strings.Lines(out) {
		text = strings.TrimSuffix(text, "\n")
		if m := heading.FindStringSubmatch(text); m != nil {
			check()
			said, _ = strconv.Atoi(m[1])
			scenarios++
		} else if m := line.FindStringSubmatch(text); m != nil {
			n := 1
			if m[1] != "" {
				n, _ = strconv.Atoi(m[1])
			}
			own += n
		}
	}
	check()
	if want := fmt.Sprintf("%d scenarios: %d calls; nothing was sent\n", scenarios-1, sum); scenarios < 50 || !strings.HasSuffix(out, want) {
		t.Errorf("%d headings, and the last line is not %q", scenarios, want)
	}
}

func TestADryRunSaysWhatItTakes(t *testing.T) {
	t.Parallel()
	out := dry(t, "", "--only", "replay/after-logout")
	if !strings.Contains(out, "POST /login with") || strings.Contains(out, "a-secret") {
		t.Error(out)
	}
	file := targetFile(t, "http://gateway.invalid", "")
	replaceIn(t, file, "login: {path: /login}", "login: {command: [echo, a-secret]}")
	replaceIn(t, file, "limits: {", "limits: {rate: 0.5, ")
	_, out, _ = command(t.Context(), "run", "--dry-run", "--target", file, "--only", "replay/after-logout")
	for _, says := range []string{
		"before any scenario (8 calls of the gateway and 2 requests for tokens)", "    run login.command for alice\n",
		"1 scenario: 15 calls of the gateway and 4 requests for tokens; nothing was sent", "at limits.rate 0.5 a second they take at least 38s",
	} {
		if !strings.Contains(out, says) {
			t.Errorf("no %q in\n%s", says, out)
		}
	}
}

// A dry run reaches neither the gateway, nor its hit counter and backend, nor
// a token endpoint, and starts no command.
func TestADryRunReachesNobody(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	defer s.Close()
	mark := filepath.Join(t.TempDir(), "ran")
	for name, login := range map[string]string{
		"path":    "{path: /login}",
		"oauth":   fmt.Sprintf("{oauth: {grant: client_credentials, token_url: %s/token}}", s.URL),
		"command": fmt.Sprintf("{command: [touch, %q]}", mark),
	} {
		target := targetFile(t, s.URL, fmt.Sprintf("hits: {url: /hits}\nbackend: %s\nsigning: {alg: HS256, key: a-secret-key}\nopen_routes: [{path: /public}]\n", s.URL))
		replaceIn(t, target, "{path: /login}", login)
		code, out, errs := invoke("run", "--dry-run", "--profile", "full", "--target", target)
		if code != 0 || !strings.Contains(out, "nothing was sent") {
			t.Errorf("%s: exit %d, %s", name, code, errs)
		}
		if n := calls.Load(); n > 0 {
			t.Fatalf("%s: %d requests were sent", name, n)
		}
		if _, err := os.Stat(mark); err == nil {
			t.Errorf("%s: the command was run", name)
		}
		if code, _, _ := invoke("run", "--target", target); code == 0 || calls.Load() == 0 {
			t.Errorf("%s: exit %d, and nobody was reached without --dry-run either", name, code)
		}
		calls.Store(0)
		_ = os.Remove(mark)
	}
}

// So does one over a Redis, which plans what a run over it would do.
func TestADryRunStartsNoStore(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
	for store, planned := range map[string]string{
		"process":                     "resilience/store-restart-with-persistence",
		"container?topology=sentinel": "resilience/store-failover",
		"process?maxmemory=4mb":       "resilience/store-evicts",
		"redis://127.0.0.1:1":         "resilience/store-down-call",
	} {
		code, out, errs := invoke("run", "--dry-run", "--profile", "full", "--store", store, "--only", planned, "--only", "expiry/accepted-until-exp")
		if code != 0 || strings.Contains(out, "would not run") || !strings.Contains(out, planned) || !strings.Contains(out, "wait ") {
			t.Errorf("%s: exit %d, %s\n%s", store, code, errs, out)
		}
	}
}

func replaceIn(t *testing.T, name, old, text string) {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil || !strings.Contains(string(content), old) {
		t.Fatalf("%v; no %s in %s", err, old, content)
	}
	if err := os.WriteFile(name, []byte(strings.ReplaceAll(string(content), old, text)), 0o600); err != nil {
		t.Fatal(err)
	}
}
