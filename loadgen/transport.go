package loadgen

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// errHarness marks an error that is ours in the text that vegeta keeps.
const errHarness = "revocheck: cannot build the call"

// caller is the RoundTripper between vegeta and a side's connections. Vegeta
// asks for its targets in no particular order but numbers its requests, so
// that the request is exchanged here for the call of that number.
type caller struct {
	build    func(*http.Request, uint64) (*http.Request, error)
	send     http.RoundTripper
	inFlight atomic.Int64
	peak     atomic.Int64
}

// RoundTrip sends the call whose number the request carries.
func (c *caller) RoundTrip(numbered *http.Request) (*http.Response, error) {
	seq, err := strconv.ParseUint(numbered.Header.Get("X-Vegeta-Seq"), 10, 64)
	if err != nil {
		return nil, errors.New(errHarness + ": the request has no number")
	}
	req, err := c.build(numbered, seq)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", errHarness, err)
	}
	c.enter()
	defer c.inFlight.Add(-1)
	return c.send.RoundTrip(req)
}

func (c *caller) enter() {
	now := c.inFlight.Add(1)
	for peak := c.peak.Load(); now > peak && !c.peak.CompareAndSwap(peak, now); {
		peak = c.peak.Load()
	}
}

// newTransport keeps up to n connections open, so that a slice does not pay
// for connections that the slice before it closed.
func newTransport(n int, timeout time.Duration) *http.Transport {
	dialer := &net.Dialer{Timeout: timeout}
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         dialer.DialContext,
		TLSHandshakeTimeout: timeout,
		MaxIdleConns:        0,
		MaxIdleConnsPerHost: n,
		DisableCompression:  true,
		ForceAttemptHTTP2:   true,
		ReadBufferSize:      4 << 10,
		WriteBufferSize:     4 << 10,
	}
}
