package send

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
)

// Caller is the RoundTripper between vegeta and a side's connections. Vegeta
// asks for its targets in no particular order but numbers its requests, so
// that the request is exchanged here for the call of that number.
type Caller struct {
	// Build makes the call of a number, with the context of the request. It is
	// called by many goroutines at once.
	Build func(ctx context.Context, seq uint64) (*http.Request, error)
	Via   http.RoundTripper

	inFlight atomic.Int64
	peak     atomic.Int64
}

// RoundTrip sends the call whose number the request carries.
func (c *Caller) RoundTrip(numbered *http.Request) (*http.Response, error) {
	seq, err := strconv.ParseUint(numbered.Header.Get("X-Vegeta-Seq"), 10, 64)
	if err != nil {
		return nil, errors.New(errHarness + ": the request has no number")
	}
	req, err := c.Build(numbered.Context(), seq)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", errHarness, err)
	}
	c.enter()
	defer c.inFlight.Add(-1)
	return c.Via.RoundTrip(req)
}

func (c *Caller) enter() {
	now := c.inFlight.Add(1)
	for peak := c.peak.Load(); now > peak && !c.peak.CompareAndSwap(peak, now); {
		peak = c.peak.Load()
	}
}

// Peak returns how many calls were waiting for an answer at most.
func (c *Caller) Peak() int64 { return c.peak.Load() }
