package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// command runs the command line in this process and gives its exit code and
// output.
func command(ctx context.Context, args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = execute(ctx, args, &o, &e)
	return code, o.String(), e.String()
}

// invoke is command for what nobody interrupts.
func invoke(args ...string) (code int, out, errs string) {
	return command(context.Background(), args...)
}

const ownProcess = "REVOCHECK_TEST_COMMAND"

// process is the command line as a process of its own.
func process(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], append([]string{"-test.run=^TestCommandLine$", "--"}, args...)...)
	cmd.Env = append(os.Environ(), ownProcess+"=1")
	return cmd
}

// TestCommandLine is no test: it is what process starts.
func TestCommandLine(*testing.T) {
	if os.Getenv(ownProcess) != "" {
		os.Exit(program(flag.Args()))
	}
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
