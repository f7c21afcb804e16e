// Command revocheck proves whether a gateway really ends a JWT at logout.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/complete"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/help"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/interrupt"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/scenarios"
)

func main() { os.Exit(program(os.Args[1:])) }

// program lets the command end in good order at the first interrupt; the second
// one ends the program.
func program(args []string) int {
	interrupt.SurvivePipes()
	ctx, stop := interrupt.Context(context.Background())
	defer stop()
	return execute(ctx, args, os.Stdout, os.Stderr)
}

// execute runs the command line until the context ends, and gives the exit code.
func execute(ctx context.Context, args []string, out, errOut io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	begun := false
	whenBegun(root, func() { begun = true })
	cmd, err := root.ExecuteContextC(ctx)
	if err == nil {
		return 0
	}
	if !begun {
		err = errors.Join(err, results.Unstarted(cmd, args, err))
	}
	if text := strings.TrimSpace(err.Error()); text != "" {
		fmt.Fprintf(errOut, "revocheck: %s\n", text)
	}
	return exit.Code(err)
}

// whenBegun has each command say that its flags and arguments were read.
func whenBegun(cmd *cobra.Command, say func()) {
	if work := cmd.RunE; work != nil {
		cmd.RunE = func(cmd *cobra.Command, args []string) error { say(); return work(cmd, args) }
	}
	for _, below := range cmd.Commands() {
		whenBegun(below, say)
	}
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "revocheck",
		Short: "Prove whether a gateway really ends a JWT at logout",
		Long: `revocheck drives a gateway over HTTP through scripted scenarios (login, call, logout,
replay of a stolen token, expiry) and says which of its claims about revocation hold.

Exit codes: 0 conformant; 1 nonconformant; 2 usage or configuration; 3 target
unreachable or the harness broke; 4 partial (0 with --allow-partial).`,
		Version:       scenarios.Tool().Version + ", " + scenarios.Tool().Go,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.SetVersionTemplate("revocheck {{.Version}}\n")
	root.AddCommand(runCommand(), listCommand(), reportCommand(), compareCommand(), serveCommand(), probeCommand(),
		policyCommand(), benchCommand(), explainCommand(), healthcheckCommand(), simulateCommand())
	complete.Values(root)
	return root
}

// worker is a command's flags, and what it does.
type worker interface {
	Register(*cobra.Command)
	Run(*cobra.Command) error
}

// working gives a command without arguments its flags and its work.
func working(w worker, cmd *cobra.Command) *cobra.Command {
	cmd.Args = help.Arguments("")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return w.Run(cmd) }
	w.Register(cmd)
	return cmd
}
