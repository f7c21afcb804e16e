package main

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/scenarios"
)

func readme(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The script that the README shows passes a sound gateway and fails a leaky one.
func TestTheReadmesScriptCanFail(t *testing.T) {
	t.Parallel()
	block := regexp.MustCompile("(?s)```\n(id: .*?)```").FindStringSubmatch(readme(t))
	if block == nil {
		t.Fatal("the README shows no script")
	}
	script := file(t, "basket.txt", block[1])
	for strategy, want := range map[string]int{"denylist": 0, "client-side": 1} {
		code, out, errs := invoke("run", "--script", script, "--only", "shop/*", "--allow-partial", "--strategy", strategy)
		if code != want || strings.Contains(out, "0 passed, 0 failed") {
			t.Errorf("%s: exit %d, not %d\n%s%s", strategy, code, want, out, errs)
		}
	}
}

// Every command and flag that the README names is there.
func TestTheReadmesCommandsExist(t *testing.T) {
	t.Parallel()
	root := rootCommand()
	for _, line := range regexp.MustCompile(`revocheck ((?:[a-z]+ )*[a-z]+)((?: [^\n`+"`"+`#]*)?)`).FindAllStringSubmatch(readme(t), -1) {
		c, _, err := root.Find(strings.Fields(line[1]))
		if err != nil || c == root {
			continue // prose
		}
		for _, flag := range regexp.MustCompile(`--([a-z][a-z0-9-]*)`).FindAllStringSubmatch(line[2], -1) {
			if !takes(c, flag[1]) {
				t.Errorf("the README has %q, and %s takes no --%s", line[0], c.CommandPath(), flag[1])
			}
		}
	}
}

func takes(c *cobra.Command, flag string) bool {
	return flag == "help" || c.Flags().Lookup(flag) != nil || c.InheritedFlags().Lookup(flag) != nil
}

// Every key of a target file is explained in the README or, for OAuth, in the
// example that it names.
func TestTheReadmeExplainsEveryKey(t *testing.T) {
	t.Parallel()
	_, rest, _ := strings.Cut(readme(t), "## The target file")
	table, _, found := strings.Cut(rest, "\n## ")
	example, err := os.ReadFile("../../fixtures/targets/apim.yaml")
	if err != nil || !found {
		t.Fatalf("%v; the section is found: %v", err, found)
	}
	for _, c := range []struct {
		of    reflect.Type
		where string
	}{{reflect.TypeFor[scenarios.Contract](), table}, {reflect.TypeFor[scenarios.OAuth](), string(example) + table}} {
		for _, key := range keysOf(c.of) {
			if !regexp.MustCompile(`\b` + key + `\b`).MatchString(c.where) {
				t.Errorf("%s has a key %s, which is not explained", c.of, key)
			}
		}
	}
}

// keysOf lists the keys of a section and of those in it, but for OAuth's.
func keysOf(of reflect.Type) []string {
	for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
		of = of.Elem()
	}
	if of.Kind() != reflect.Struct {
		return nil
	}
	var keys []string
	for i := range of.NumField() {
		if key := of.Field(i).Tag.Get("yaml"); key != "" {
			keys = append(keys, key)
			if key != "oauth" {
				keys = append(keys, keysOf(of.Field(i).Type)...)
			}
		}
	}
	return keys
}
