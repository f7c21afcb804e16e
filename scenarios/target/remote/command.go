package remote

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
)

// maxPrinted is how much of what a command prints is kept, in bytes.
const maxPrinted = 64 << 10

// command gets tokens from a program. It runs in the folder of the target
// file; a name with a slash in it is looked for from there.
func command(f *targetfile.File, l scenarios.Login) func(context.Context, scenarios.User) (string, error) {
	program := l.Command[0]
	if strings.ContainsRune(program, filepath.Separator) {
		program = f.Beside(program)
	}
	found, err := exec.LookPath(program)
	if err != nil {
		f.Add("login.command[0]", "there is no such program to run: %v", errors.Unwrap(err))
		return nil
	}
	found, err = filepath.Abs(found)
	if err != nil {
		f.Add("login.command[0]", "%v", err)
		return nil
	}
	timeout := l.CommandTimeout
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	folder := f.Beside(".")
	return func(ctx context.Context, u scenarios.User) (string, error) {
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		cmd := exec.CommandContext(ctx, found, l.Command[1:]...)
		cmd.Dir = folder
		cmd.Env = append(os.Environ(), "REVOCHECK_USER="+u.Name, "REVOCHECK_PASSWORD="+u.Password)
		return printed(ctx, cmd, timeout)
	}
}

// printed runs the command and gives the one line that it prints. What it
// writes to standard error is counted and not shown: it may hold secrets.
func printed(ctx context.Context, cmd *exec.Cmd, timeout time.Duration) (string, error) {
	out, errs, err := run(cmd)
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", fmt.Errorf("the command did not end within %s (login.command_timeout) and was stopped", timeout)
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil:
		return "", fmt.Errorf("the command failed: %s%s", ended(err), errs.unshown())
	case out.full:
		return "", fmt.Errorf("the command printed more than %d bytes; a token alone is needed", maxPrinted)
	}
	return oneLine(out.kept.String(), errs.unshown())
}

func oneLine(text, more string) (string, error) {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) != 1 {
		return "", fmt.Errorf("the command printed %d lines, and one is needed: the token%s", len(lines), more)
	}
	return lines[0], nil
}

// ended says how a command ended, without its path.
func ended(err error) string {
	var exit *exec.ExitError
	var path *os.PathError
	switch {
	case errors.As(err, &exit):
		return exit.ProcessState.String()
	case errors.As(err, &path):
		return path.Err.Error()
	}
	return err.Error()
}
