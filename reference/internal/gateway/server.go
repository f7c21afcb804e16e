package gateway

import (
	"net/http"
	"time"
)

// clientTimeout is long, since on a busy machine a header comes slowly.
const clientTimeout = 30 * time.Second

// Server is an http.Server for the handler, which a slow, huge or malformed
// request cannot exhaust. It speaks HTTP/1.1 and HTTP/2, the latter in
// cleartext as well. The caller sets Addr and TLS.
func Server(h http.Handler) *http.Server {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(true)
	protocols.SetUnencryptedHTTP2(true)
	return &http.Server{
		Handler:           h,
		Protocols:         protocols,
		ReadHeaderTimeout: clientTimeout,
		ReadTimeout:       clientTimeout,
		WriteTimeout:      clientTimeout,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}
