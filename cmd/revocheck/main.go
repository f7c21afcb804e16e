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

	"github.com/revocheck/revocheck/reference/store"
)

// The exit codes that a run does not decide; the others are report's.
const (
	exitUsage  = 2
	exitBroken = 3
)

// exitError ends the program with a code.
type exitError struct {
	code int
	err  error
}

func (e *exitError) Error() string {
	if e.err == nil {
		return "" // all has been said in the report
	}
	return e.err.Error()
}

func (e *exitError) Unwrap() error { return e.err }

// usage is an error in what the user asked for.
func usage(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

// notStarted is a gateway that could not be started: for want of its store, or
// for how it was asked for.
func notStarted(err error) error {
	if errors.Is(err, store.ErrUnreachable) {
		return &exitError{exitBroken, err}
	}
	return usage("%w", err)
}

// verdict ends the program with the code of a run that has been reported.
func verdict(code int) error {
	if code == 0 {
		return nil
	}
	return &exitError{code, nil}
}

func main() { os.Exit(program(os.Args[1:])) }

// program lets the command end in good order at the first interrupt; the second
// one ends the program.
func program(args []string) int {
	ctx, stop := interruptible(context.Background())
	defer stop()
	return execute(ctx, args, os.Stdout, os.Stderr)
}

// execute runs the command line until the context ends, and gives the exit code.
func execute(ctx context.Context, args []string, out, errOut io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetOut(out)
	root.SetErr(errOut)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	code := exitUsage
	var e *exitError
	if errors.As(err, &e) {
		code = e.code
	}
	if text := strings.TrimSpace(err.Error()); text != "" {
		fmt.Fprintf(errOut, "revocheck: %s\n", text)
	}
	return code
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "revocheck",
		Short: "Prove whether a gateway really ends a JWT at logout",
		Long: `revocheck drives a gateway over HTTP through scripted scenarios (login, call, logout,
replay of a stolen token, expiry) and says which of its claims about revocation hold.

Exit codes: 0 conformant; 1 nonconformant; 2 usage or configuration; 3 target
unreachable or the harness broke; 4 partial (0 with --allow-partial).`,
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(runCommand(), listCommand(), reportCommand(), compareCommand(), serveCommand(), probeCommand(),
		policyCommand(), benchCommand())
	return root
}
