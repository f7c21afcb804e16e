package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
)

// Bad input is answered with code 2 and a sentence that names what was wrong.
func TestBadInput(t *testing.T) {
	t.Parallel()
	verb := file(t, "verb.txt", "id: own/mine\ntitle: T\nlevel: must\nrequirement: R\nrefs: X\n\nlogin alice -> T\nshout T\n")
	key := file(t, "key.txt", "id: own/mine\ncolour: red\n\nlogin alice -> T\n")
	target := file(t, "target.yaml", "name: x\nendpoint: http://127.0.0.1:1\n")
	for name, c := range map[string]struct {
		want string
		args []string
	}{
		"flag":            {"unknown flag: --colour", []string{"run", "--colour"}},
		"command":         {"unknown command", []string{"walk"}},
		"strategy":        {`unknown strategy "hope"; it is one of client-side, short-expiry, server-store, apim-counter`, []string{"run", "--strategy", "hope"}},
		"fault":           {`unknown fault "none"`, []string{"run", "--fault", "none"}},
		"variant":         {`unknown variant "odd"; revocheck list variants`, []string{"run", "--variant", "odd"}},
		"served variant":  {`unknown variant "odd"`, []string{"serve", "--variant", "no-jti", "--variant", "odd"}},
		"remote variant":  {"--variant describes the reference gateway in process", []string{"run", "--target", target, "--variant", "no-jti"}},
		"listed kind":     {`"wings" cannot be listed: one of scenarios, strategies, faults`, []string{"list", "wings"}},
		"profile":         {`unknown profile "all"`, []string{"run", "--profile", "all"}},
		"nothing matches": {"no scenario matched", []string{"run", "--only", "nosuch"}},
		"script verb":     {`verb.txt:8: unknown verb "shout"`, []string{"run", "--script", verb}},
		"script header":   {`key.txt:2: unknown header "colour"`, []string{"run", "--script", key}},
		"target key":      {"endpoint", []string{"run", "--target", target}},
		"both targets":    {"cannot go with --target", []string{"run", "--target", target, "--strategy", "denylist"}},
		"no file":         {"no such file", []string{"run", "--target", "nosuch.yaml"}},
		"report":          {"no such file", []string{"report", "nosuch.json"}},
	} {
		t.Run(name, func(t *testing.T) {
			code, _, errs := invoke(c.args...)
			if code != exit.CodeUsage || !strings.Contains(errs, c.want) {
				t.Errorf("exit %d, and says %q; want %d and %q", code, errs, exit.CodeUsage, c.want)
			}
		})
	}
}

// A store that nobody answers for is no fault of the command line.
func TestAnUnreachableStoreIsNoUsageError(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"run", "serve"} {
		code, out, errs := invoke(command, "--store", "redis://:secret@127.0.0.1:1")
		if code != exit.CodeBroken || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "revocation store cannot be reached") {
			t.Errorf("%s: exit %d\n%s%s", command, code, out, errs)
		}
		if strings.Contains(out+errs, "secret") {
			t.Errorf("%s tells the store's password: %s", command, errs)
		}
	}
}

func TestVerdictsDecideTheExitCode(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code int
		args []string
	}{
		{1, []string{"run", "--strategy", "client-side", "--only", "lifecycle/logout-ends-token"}},
		{1, []string{"run", "--strategy", "short-expiry", "--only", "replay/after-logout"}},
		{4, []string{"run", "--only", "lifecycle/logout-ends-token"}},
		{0, []string{"run", "--only", "lifecycle/logout-ends-token", "--allow-partial"}},
		{0, []string{"run", "--posture", "open", "--profile", "full", "--only", "resilience/store-down-open", "--allow-partial"}},
		{2, []string{"run", "--posture", "ajar"}},
		{2, []string{"run", "--wait-replicas", "1"}},
		{2, []string{"run", "--strategy", "apim-counter", "--posture", "open"}},
	} {
		if code, out, errs := invoke(c.args...); code != c.code {
			t.Errorf("%v exits %d, not %d\n%s%s", c.args, code, c.code, out, errs)
		}
	}
}

// A secret is a password, or anything that looks like a signed token.
var tokenForm = regexp.MustCompile(`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+`)

func TestNoOutputHoldsASecret(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	j, x := filepath.Join(dir, "run.json"), filepath.Join(dir, "run.xml")
	_, out, errs := invoke("run", "--fault", "key-raw-token", "--profile", "full", "--verbose", "--json", j, "--junit", x)
	texts := map[string]string{"standard output": out, "standard error": errs}
	for _, f := range []string{j, x} {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts[filepath.Base(f)] = string(b)
	}
	for where, text := range texts {
		for _, password := range reference.DefaultUsers() {
			if strings.Contains(text, password) {
				t.Errorf("%s holds the password %q", where, password)
			}
		}
		if found := tokenForm.FindString(text); found != "" {
			t.Errorf("%s holds a token: %s", where, found)
		}
	}
	var run report.Run
	if err := json.Unmarshal([]byte(texts["run.json"]), &run); err != nil || run.Conclusion != report.Nonconformant {
		t.Errorf("the stored run: %v, %v", run.Conclusion, err)
	}
}
