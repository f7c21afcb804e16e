package send

import (
	"net"
	"net/http"
	"time"
)

// NewTransport keeps up to n connections open, so that a slice does not pay
// for connections that the slice before it closed.
func NewTransport(n int, timeout time.Duration) *http.Transport {
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
