package remote

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// maxPrinted is how much of what a command prints is kept, in bytes.
const maxPrinted = 64 << 10

// command gets tokens from a program. It runs in the folder of the target
// file; a name with a slash in it is looked for from there.
func command(f *targetfile.File, l scenarios.Login) wire.Source {
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
	folder, at := f.Beside("."), cmp.Or(l.Token, "$.access_token")
	return func(ctx context.Context, u scenarios.User) (wire.Granted, error) {
		ctx, cancel := context.WithTimeout(ctx, timeout)
		defer cancel()
		cmd := exec.CommandContext(ctx, found, l.Command[1:]...)
		cmd.Dir = folder
		cmd.Env = append(os.Environ(), "REVOCHECK_USER="+u.Name, "REVOCHECK_PASSWORD="+u.Password)
		text, more, err := printed(ctx, cmd, timeout)
		if err != nil {
			return wire.Granted{}, err
		}
		return granted(text, more, at)
	}
}

// printed runs the command and gives what it prints. What it writes to standard
// error is counted and not shown, as more says: it may hold secrets.
func printed(ctx context.Context, cmd *exec.Cmd, timeout time.Duration) (text, more string, err error) {
	out, errs, err := run(cmd)
	switch {
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return "", "", &wire.SourceError{Key: "login.command_timeout", Seen: fmt.Sprintf("the command did not end within %s (login.command_timeout) and was stopped", timeout),
			Fix: "see that it asks for nothing, and write a longer command_timeout if it needs one"}
	case ctx.Err() != nil:
		return "", "", ctx.Err()
	case err != nil:
		return "", "", ofCommand("the command failed: %s%s", ended(err), errs.unshown())
	case out.full:
		return "", "", ofCommand("the command printed more than %d bytes, and a token alone is needed", maxPrinted)
	}
	return out.kept.String(), errs.unshown(), nil
}

// granted is the token that a command printed: alone on a line, or at a path of a
// JSON object.
func granted(text, more, at string) (wire.Granted, error) {
	if !strings.HasPrefix(strings.TrimSpace(text), "{") {
		raw, err := oneLine(text, more)
		return wire.Granted{Token: raw}, err
	}
	if !json.Valid([]byte(text)) {
		return wire.Granted{}, ofCommand("the command printed what begins as a JSON object and is none%s", more)
	}
	raw, ok := wire.Pick([]byte(text), at)
	if !ok || raw == "" {
		return wire.Granted{}, ofCommand("the command printed a JSON object with nothing at %s (login.token)%s", at, more)
	}
	return wire.Granted{Token: raw, Answer: []byte(text)}, nil
}

// ofCommand is about a command that gave no token.
func ofCommand(format string, args ...any) error {
	return &wire.SourceError{Key: "login.command", Seen: fmt.Sprintf(format, args...),
		Fix: "write a command that prints the token of REVOCHECK_USER, whose password is in REVOCHECK_PASSWORD, and ends with 0"}
}

func oneLine(text, more string) (string, error) {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	if len(lines) != 1 {
		return "", ofCommand("the command printed %d lines, and one is needed: the token%s", len(lines), more)
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
