package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"github.com/spf13/pflag"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/report"
)

func TestVersion(t *testing.T) {
	t.Parallel()
	if code, out, errs := invoke("--version"); code != 0 || !strings.HasPrefix(out, "revocheck ") || strings.Count(out, "\n") != 1 {
		t.Errorf("exit %d, %q, %s", code, out, errs)
	}
}

// The help of run shows every flag once, and those of API Management last.
func TestTheFlagsOfRunAreInGroups(t *testing.T) {
	t.Parallel()
	_, out, _ := invoke("run", "--help")
	_, apim, found := strings.Cut(out, "API Management, emulated:")
	runCommand().Flags().VisitAll(func(f *pflag.Flag) {
		line := regexp.MustCompile(`(?m)^ +(-\w, )?--` + f.Name + `\b`)
		if n := len(line.FindAllString(out, -1)); n != 1 {
			t.Errorf("--%s stands %d times in\n%s", f.Name, n, out)
		}
		if line.MatchString(apim) != (strings.HasPrefix(f.Name, "apim-") || f.Name == "policy" || f.Name == "named-value") {
			t.Errorf("--%s is in the wrong group", f.Name)
		}
	})
	if !found || !strings.Contains(out, "revocheck run --strategy client-side") {
		t.Error(out)
	}
}

func TestShellsCompleteValues(t *testing.T) {
	t.Parallel()
	if _, out, _ := invoke("--help"); !strings.Contains(out, "\n  completion ") {
		t.Errorf("the help names no completion:\n%s", out)
	}
	for args, want := range map[string][]string{
		"run --strategy":   {"denylist\t", "apim-counter\t"},
		"run --store":      {"miniredis\t", "sqlite\t", "process\t", "container\t", "redis://\t"},
		"bench --store":    {"process\t"},
		"serve --fault":    {"logout-does-nothing\t"},
		"run --only":       {"replay\n", "replay/after-logout\t"},
		"compare --only":   {"replay/after-logout\t"},
		"run --alg":        {"EdDSA\n"},
		"run --profile":    {"wire\t", "full\t"},
		"run --variant":    {"no-jti\t"},
		"explain":          {"replay/after-logout\t"},
		"bench --strategy": {"denylist\t"},
	} {
		_, out, _ := invoke(append(append([]string{"__complete"}, strings.Fields(args)...), "")...)
		for _, w := range want {
			if !strings.Contains(out, w) {
				t.Errorf("%s completes no %q: %s", args, w, out)
			}
		}
	}
}

func TestExplain(t *testing.T) {
	t.Parallel()
	code, out, errs := invoke("explain", "replay/after-logout")
	for _, says := range []string{"replay/after-logout: ", "(must)", "RFC 7009", "POST /logout with T#", "GET /api/hello with S#", "meant to find", "logout-does-nothing"} {
		if code != 0 || !strings.Contains(out, says) {
			t.Errorf("exit %d, %s, and no %q in\n%s", code, errs, says, out)
		}
	}
	target := targetFile(t, nobody, "")
	replaceIn(t, target, "/logout", "/goodbye")
	if code, out, _ := invoke("explain", "replay/after-logout", "--target", target); code != 0 || !strings.Contains(out, "POST /goodbye with") {
		t.Errorf("exit %d, of a target file:\n%s", code, out)
	}
	for id, says := range map[string]string{
		"after-logout": "did you mean replay/after-logout", "replay/after-logot": "did you mean replay/after-logout?", "hammerd": "did you mean replay/hammered?",
		"no such thing at all": "revocheck list scenarios",
	} {
		if code, _, errs := invoke("explain", id); code != exit.CodeUsage || !strings.Contains(errs, says) {
			t.Errorf("%s: exit %d, %s", id, code, errs)
		}
	}
}

// Every scenario can be explained, and no plan holds what a secret scanner takes
// for a token.
func TestNoPlanLooksLikeASecret(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"run", "--dry-run", "--profile", "full"}, {"run", "--dry-run", "--strategy", "apim-counter"}} {
		code, out, errs := invoke(args...)
		if at := strings.Index(out, "eyJ"); code != 0 || at >= 0 || len(out) < 10_000 {
			t.Errorf("%v: exit %d, %s, a token at %d of %d", args, code, errs, at, len(out))
		}
	}
}

func TestArgumentsAreNamed(t *testing.T) {
	t.Parallel()
	for args, says := range map[string]string{
		"report":          "report takes the arguments: FILE...",
		"report diff x":   "report diff takes the arguments: OLD NEW",
		"explain":         "explain takes the arguments: SCENARIO",
		"run x":           `run takes no arguments, and was given "x"`,
		"bench sweep x":   `bench sweep takes no arguments, and was given "x"`,
		"policy lint":     "policy lint takes the arguments: FILE...",
		"explain a/b c/d": "explain takes the arguments: SCENARIO",
	} {
		if code, _, errs := invoke(strings.Fields(args)...); code != exit.CodeUsage || !strings.Contains(errs, says) {
			t.Errorf("%s: exit %d, %s", args, code, errs)
		}
	}
}

// What would take for ever ends at once.
func TestWhatWouldNotEnd(t *testing.T) {
	t.Parallel()
	pipe := filepath.Join(t.TempDir(), "pipe.yaml")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	nested := file(t, "nested.yaml", "name: x\nusers: "+strings.Repeat("[", 200_000))
	for _, c := range []struct{ says, args string }{
		{"a named pipe", "run --target " + pipe},
		{"a named pipe", "probe --target " + pipe},
		{"a named pipe", "bench --target " + pipe},
		{"a named pipe", "compare --target " + pipe},
		{"nested.yaml:2: it nests too deep", "run --target " + nested},
		{"--replicas 100000: it is at least 1 and at most 100", "run --replicas 100000"},
		{"--replicas 100000", "serve --replicas 100000"},
		{"--replicas 100000", "bench --replicas 100000"},
		{"--apim-regions 100000", "run --strategy apim-counter --apim-regions 100000"},
		{"--precision 200%", "bench --precision 200%"},
	} {
		if code, _, errs := invoke(strings.Fields(c.args)...); code != exit.CodeUsage || !strings.Contains(errs, c.says) {
			t.Errorf("%s: exit %d, %s", c.args, code, errs)
		}
	}
}

// The first interrupt also ends the reading of a file.
func TestAnInterruptEndsTheReadingOfATargetFile(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	// Flow mappings side by side take the parser long, and are not deep.
	slow := file(t, "slow.yaml", "users: ["+strings.Repeat("{name: a},", 20_000)+"]\n")
	for _, name := range []string{"run", "probe", "bench"} {
		if code, _, errs := command(ctx, name, "--target", slow); code != exit.CodeBroken || !strings.Contains(errs, "interrupted") {
			t.Errorf("%s: exit %d, %s", name, code, errs)
		}
	}
}

func TestAPartialSelectionNamesWhatAllowsIt(t *testing.T) {
	t.Parallel()
	code, _, errs := invoke("run", "--only", oneID)
	if code != report.ExitPartial || !strings.Contains(errs, "--allow-partial") {
		t.Errorf("exit %d, %s", code, errs)
	}
}

// A full disk is no success, also where only text was to be shown.
func TestAFullScreen(t *testing.T) {
	t.Parallel()
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skipf("NOT TESTED: %v", err)
	}
	defer func() { _ = full.Close() }()
	for _, args := range []string{"list", "list --json", "explain " + oneID, "run --dry-run", "run --allow-partial --only " + oneID, "compare --strategy denylist --only " + oneID} {
		var errs strings.Builder
		if code := execute(t.Context(), strings.Fields(args), full, &errs); code != exit.CodeBroken || !strings.Contains(errs.String(), "no space left") {
			t.Errorf("%s: exit %d, %s", args, code, errs.String())
		}
	}
}
