package wire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"
)

// Answer is what came back for a request.
type Answer struct {
	Status   int
	Header   http.Header
	Body     []byte
	Proto    string
	Err      error // no answer came
	Sent     time.Time
	Received time.Time
	// HungUp: the connection was ended instead of an answer, as some firewalls do.
	HungUp bool
	// Planned is set in a dry run, where answers are what the scenario wants.
	Planned Outcome
}

// Down reports whether the answer, or that there is none, is about a target that
// is away or broken, and not about what was sent.
func (a Answer) Down() bool { return a.Err != nil || a.Status >= 500 }

// Text says what came, with its status.
func (a Answer) Text(o Outcome) string {
	switch {
	case a.HungUp:
		return "the connection was ended without an answer"
	case a.Err != nil:
		return "no answer: " + Reason(a.Err)
	}
	return fmt.Sprintf("%s (%d)", o, a.Status)
}

// Reason is the cause of a failed request without the URL, which may carry a
// token.
func Reason(err error) string {
	var dns *net.DNSError
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "timed out"
	case errors.As(err, &dns):
		return "unknown host " + dns.Name
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return err.Error()
}

// Dropped reports whether a connection ended before an answer came.
func Dropped(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}
