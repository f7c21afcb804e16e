package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
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
	out := dry(t, "", "--only", "replay/after-logout")
	if !strings.Contains(out, "POST /login with") || strings.Contains(out, "a-secret") {
		t.Error(out)
	}
	file := targetFile(t, "http://gateway.invalid", "")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := strings.NewReplacer("login: {path: /login}", "login: {command: [echo, a-secret]}", "limits: {", "limits: {rate: 0.5, ").Replace(string(text))
	if err := os.WriteFile(file, []byte(elsewhere), 0o600); err != nil {
		t.Fatal(err)
	}
	_, out, _ = command(t.Context(), "run", "--dry-run", "--target", file, "--only", "replay/after-logout")
	for _, says := range []string{
		"before any scenario (1 call of the gateway and 1 request for tokens)", "    run login.command for alice\n",
		"1 scenario: 8 calls of the gateway and 3 requests for tokens; nothing was sent", "at limits.rate 0.5 a second they take at least 22s",
	} {
		if !strings.Contains(out, says) {
			t.Errorf("no %q in\n%s", says, out)
		}
	}
}
