package help

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// Arguments checks how many there are. Their names stand for them: "OLD NEW",
// "FILE..." for one or more, "" for none.
func Arguments(names string) cobra.PositionalArgs {
	want := strings.Fields(names)
	return func(cmd *cobra.Command, args []string) error {
		more := strings.HasSuffix(names, "...")
		switch {
		case len(args) == len(want), len(args) > len(want) && more:
			return nil
		case len(want) == 0:
			return exit.Usage("%s takes no arguments, and was given %q", name(cmd), args[0])
		}
		return exit.Usage("%s takes the arguments: %s", name(cmd), names)
	}
}

// name is the command's, without the program's.
func name(cmd *cobra.Command) string {
	return strings.TrimPrefix(cmd.CommandPath(), cmd.Root().Name()+" ")
}
