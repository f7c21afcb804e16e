package gateway

import (
	"net/http"
	"time"
)

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
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
	}
}
