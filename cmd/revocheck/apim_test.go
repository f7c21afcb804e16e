package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// TestAPIMFlags runs one scenario, which each set of flags decides.
func TestAPIMFlags(t *testing.T) {
	t.Parallel()
	hardened := []string{
		"--apim-regions", "1", // two that count apart let the token by at the other one
		"--policy", "api=../../fixtures/apim/hardened/counter/api.xml",
		"--policy", "logout=../../fixtures/apim/hardened/counter/logout.xml",
	}
	for name, c := range map[string]struct {
		only string
		args []string
		want int
	}{
		"recipe":          {"replay/after-logout", []string{"--strategy", "apim-counter"}, 0},
		"recipe gt":       {"replay/after-logout", []string{"--strategy", "apim-counter", "--apim-threshold", "gt"}, 1},
		"recipe regions":  {"cluster/other-replica", []string{"--strategy", "apim-counter"}, 1},
		"recipe v2":       {"retention/past-60s", []string{"--strategy", "apim-counter", "--apim-tier", "v2"}, 1},
		"hardened":        {"retention/past-60s", hardened, 0},
		"hardened gt, v2": {"retention/past-60s", append([]string{"--apim-threshold", "gt", "--apim-tier", "v2"}, hardened...), 0},
	} {
		code, out, errs := invoke(append([]string{"run", "--allow-partial", "--only", c.only}, c.args...)...)
		if code != c.want {
			t.Errorf("%s: exit code %d, want %d\n%s%s", name, code, c.want, out, errs)
		}
	}
}

// TestNamedValuesOfPolicies: one that is not given is named, with the place.
func TestNamedValuesOfPolicies(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "api.xml")
	text := `<policies><inbound><base/>
<check-header name="{{who}}" failed-check-httpcode="400" failed-check-error-message="no" ignore-case="true"/></inbound></policies>`
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"run", "--allow-partial", "--only", "lifecycle/live-token*", "--policy", "api=" + file}
	want := "revocheck: " + file + ":2: <check-header>: the named value who is not given\n"
	if code, _, errs := invoke(args...); code != exit.CodeUsage || errs != want {
		t.Errorf("exit code %d, %s", code, errs)
	}
	if code, _, errs := invoke(append(args, "--named-value", "who=Authorization", "--only", "wire/refusal-shape")...); code == exit.CodeUsage {
		t.Errorf("exit code %d, %s", code, errs)
	}
}

func TestWrongAPIMFlags(t *testing.T) {
	t.Parallel()
	for want, args := range map[string][]string{
		"goes with --strategy apim-counter, not": {"--strategy", "denylist", "--policy", "api=f"},
		"--apim-tier goes with":                  {"--apim-tier", "v2"},
		"--apim-external-cache connects":         {"--strategy", "apim-counter", "--store", "memory"},
		"use --apim-regions":                     {"--strategy", "apim-counter", "--replicas", "3"},
		"with --policy":                          {"--strategy", "apim-counter", "--fault", "no-revocation"},
		"RS256, ES256":                           {"--strategy", "apim-counter", "--alg", "HS256"},
		"--apim-regions 0":                       {"--strategy", "apim-counter", "--apim-regions", "0"},
		"--named-value goes with":                {"--named-value", "a=b"},
		"ge, gt":                                 {"--strategy", "apim-counter", "--apim-threshold", "more"},
		"classic, consumption, v2":               {"--strategy", "apim-counter", "--apim-tier", "premium"},
		"cannot go with --target":                {"--target", "t.yaml", "--policy", "api=f"},
		"no scope is called":                     {"--policy", "nowhere=f"},
	} {
		if code, _, errs := invoke(append([]string{"run"}, args...)...); code != exit.CodeUsage || !strings.Contains(errs, want) {
			t.Errorf("%v: exit code %d, %q does not say %q", args, code, errs, want)
		}
	}
}
