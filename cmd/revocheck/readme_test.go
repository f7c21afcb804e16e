package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
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
