// Package exit gives the program's errors their exit codes. Those that a run
// decides are report's.
package exit

import (
	"errors"
	"fmt"

	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// The exit codes that the command line promises, beside those of a verdict.
const (
	CodeUsage   = 2
	CodeBroken  = report.ExitBroken
	CodePartial = report.ExitPartial
)

// Error ends the program with a code.
type Error struct {
	Code int
	Err  error // nil when all has been said in the report
}

// Error is the text of the cause, empty without one.
func (e *Error) Error() string {
	if e.Err == nil {
		return ""
	}
	return e.Err.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Code is the exit code of an error, 0 of nil. An error without a code comes
// from the flags and is usage.
func Code(err error) int {
	var coded *Error
	switch {
	case err == nil:
		return 0
	case errors.As(err, &coded):
		return coded.Code
	}
	return CodeUsage
}

// Usage is an error in what the user asked for.
func Usage(format string, args ...any) error {
	return &Error{CodeUsage, fmt.Errorf(format, args...)}
}

// Broken is an error of the harness, or a target that cannot be reached.
func Broken(err error) error { return &Error{CodeBroken, err} }

// Partial is a command that did less than it was asked.
func Partial(format string, args ...any) error {
	return &Error{CodePartial, fmt.Errorf(format, args...)}
}

// Verdict ends the program with the code of a run that has been reported.
func Verdict(code int) error {
	if code == 0 {
		return nil
	}
	return &Error{Code: code}
}

// NotStarted is a gateway that could not be started: for want of its store, or
// for how it was asked for.
func NotStarted(err error) error {
	if errors.Is(err, store.ErrUnreachable) {
		return Broken(err)
	}
	return Usage("%w", err)
}

// RunError is the error of a run that tested nothing.
func RunError(err error) error {
	var p *scenarios.PreflightError
	if errors.As(err, &p) && p.Unreachable {
		return Broken(err)
	}
	return Usage("%w", err)
}
