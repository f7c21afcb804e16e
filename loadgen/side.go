package loadgen

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// Side is one thing that is measured: a gateway, or one way of calling it.
// NewRequest must be safe for use by many goroutines at once.
type Side struct {
	Name string
	// NewRequest builds a call. An error is the harness's, not the gateway's.
	NewRequest func(context.Context, Call) (*http.Request, error)
	// Accepts and Refuses say what a status means; nil means 2xx and 401.
	Accepts, Refuses func(status int) bool
	// Expect says what a class of tokens should get; nil means what a sound
	// gateway does. A baseline that revokes nothing expects otherwise.
	Expect func(Class) Expectation
	// Mix replaces the plan's mix for this side, so that one gateway can be
	// measured with two classes; nil keeps the plan's.
	Mix *Mix
	// Prepare makes ready the never-seen calls of the next slice. It is called
	// between slices and is not timed; nil when there is nothing to do.
	Prepare func(context.Context, []Call) error
	// NewLogout builds the logout of storm token n; nil when the side cannot
	// take part in a storm.
	NewLogout func(ctx context.Context, n uint64) (*http.Request, error)
	// Transport sends the calls; nil means a pool of connections of its own.
	Transport http.RoundTripper
}

func (s *Side) check() error {
	switch {
	case s == nil:
		return errors.New("a side is missing")
	case s.Name == "":
		return errors.New("a side has no name")
	case s.NewRequest == nil:
		return fmt.Errorf("side %s cannot build requests", s.Name)
	}
	return nil
}

// Expectation is what the token of a call should get.
type Expectation uint8

// The expectations. The zero value expects what a sound gateway does.
const (
	ByClass     Expectation = iota // live and never seen accepted, the rest refused
	WantAccept                     // accepted, whatever the class
	WantRefusal                    // refused, whatever the class
)

// expects resolves what the side should answer to a class.
func (s *Side) expects(c Class) Expectation {
	want := ByClass
	if s.Expect != nil {
		want = s.Expect(c)
	}
	if want != ByClass {
		return want
	}
	if c.good() {
		return WantAccept
	}
	return WantRefusal
}

func (s *Side) accepts(status int) bool {
	if s.Accepts == nil {
		return status >= 200 && status < 300
	}
	return s.Accepts(status)
}

func (s *Side) refuses(status int) bool {
	if s.Refuses == nil {
		return status == http.StatusUnauthorized
	}
	return s.Refuses(status)
}
