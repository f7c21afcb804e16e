package help

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

func sample() *cobra.Command {
	root := &cobra.Command{Use: "root"}
	cmd := &cobra.Command{Use: "work", Run: func(*cobra.Command, []string) {}}
	for _, name := range []string{"alpha", "beta", "stray", "x-one", "x-two"} {
		cmd.Flags().Bool(name, false, "the flag "+name)
	}
	cmd.AddCommand(&cobra.Command{Use: "below", Short: "what is below", Run: func(*cobra.Command, []string) {}})
	root.AddCommand(cmd)
	InGroups(cmd, Group{"First", []string{"beta"}}, Group{"Second", []string{"alpha"}}, Group{"Last", []string{"x-*"}})
	return root
}

func helpOf(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	root := sample()
	root.SetArgs(append(args, "--help"))
	root.SetOut(&out)
	if err := root.Execute(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Each flag stands once, in its group; one of none in the last but one.
func TestFlagsStandInTheirGroups(t *testing.T) {
	text, last := helpOf(t, "work"), -1
	for _, want := range []string{"Commands:\n  below", "First:", "--beta", "Second:", "--alpha", "--stray", "Last:", "--x-one", "--x-two"} {
		at := strings.Index(text, want)
		if at <= last || strings.Count(text, want+" ") > 1 {
			t.Errorf("%q stands at %d, after what stands at %d, or twice, in\n%s", want, at, last, text)
		}
		last = at
	}
}

// The groups of a command are not those of the ones below it.
func TestACommandBelowHasItsOwnHelp(t *testing.T) {
	if text := helpOf(t, "work", "below"); strings.Contains(text, "First:") || !strings.Contains(text, "Usage:") {
		t.Error(text)
	}
}

func TestArgumentsAreNamed(t *testing.T) {
	cmd := sample().Commands()[0]
	for _, c := range []struct {
		names, given, says string
	}{
		{"", "", ""}, {"", "a", `work takes no arguments, and was given "a"`},
		{"OLD NEW", "a b", ""}, {"OLD NEW", "a", "work takes the arguments: OLD NEW"}, {"OLD NEW", "a b c", "OLD NEW"},
		{"FILE...", "a b c", ""}, {"FILE...", "", "FILE..."},
	} {
		err := Arguments(c.names)(cmd, strings.Fields(c.given))
		if c.says == "" && err != nil || c.says != "" && (exit.Code(err) != exit.CodeUsage || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%q, given %q: %v", c.names, c.given, err)
		}
	}
}
