package gateway

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
	"time"
)

// Backend is where accepted calls go.
type Backend struct {
	base      *url.URL
	transport http.RoundTripper
	Echo      *EchoBackend // nil if the backend is not ours
	Direct    http.Handler // who calls around the gateway
}

// newBackend reaches the configured backend, and the built-in one if none is
// configured.
func newBackend(cfg Config) (Backend, error) {
	if cfg.BackendURL != "" {
		base, err := url.Parse(cfg.BackendURL)
		if err != nil || base.Host == "" || (base.Scheme != "http" && base.Scheme != "https") {
			return Backend{}, errors.New("the backend is not an http or https URL")
		}
		return Backend{base: base, transport: newTransport()}, nil
	}
	inside := &url.URL{Scheme: "http", Host: "backend"}
	if cfg.Backend != nil {
		return Backend{base: inside, transport: ToHandler{cfg.Backend}}, nil
	}
	echo := &EchoBackend{}
	return Backend{base: inside, transport: ToHandler{echo}, Echo: echo, Direct: http.HandlerFunc(RefuseBypass)}, nil
}

// newTransport keeps as many connections as a load test has clients, and
// waits for no backend for ever.
func newTransport() http.RoundTripper {
	return &http.Transport{
		MaxIdleConnsPerHost: 256, IdleConnTimeout: time.Minute, ResponseHeaderTimeout: 30 * time.Second,
	}
}

// newProxy forwards accepted calls. The backend gets the verified user, and
// neither the token nor a user that the client claims to be.
func newProxy(b Backend) func(http.ResponseWriter, *http.Request, *Call) {
	proxies := sync.Pool{New: func() any { return newForwarder(b) }}
	return func(w http.ResponseWriter, r *http.Request, c *Call) {
		f := proxies.Get().(*forwarder)
		f.subject = c.Token.Subject
		f.proxy.ServeHTTP(w, r)
		f.subject = "" // not reached after a panic, which also leaves f out of the pool
		proxies.Put(f)
	}
}

// forwarder is a proxy for one call at a time, of the user whose it is.
type forwarder struct {
	proxy   httputil.ReverseProxy
	base    *url.URL
	subject string
}

// silent: the access log has the status.
var silent = log.New(io.Discard, "", 0)

func newForwarder(b Backend) *forwarder {
	f := &forwarder{base: b.base}
	f.proxy = httputil.ReverseProxy{
		Transport: b.transport, BufferPool: Buffers{}, Rewrite: f.rewrite,
		ErrorLog: silent, ErrorHandler: serveBackendError,
	}
	return f
}

func (f *forwarder) rewrite(out *httputil.ProxyRequest) {
	out.SetURL(f.base)
	out.Out.Header.Del("Authorization")
	out.Out.Header.Set(identityHeader, f.subject)
}

func serveBackendError(w http.ResponseWriter, _ *http.Request, err error) {
	var long *http.MaxBytesError
	if errors.As(err, &long) {
		WriteError(w, http.StatusRequestEntityTooLarge, "invalid_request", fmt.Sprintf("the body is over %d bytes", long.Limit))
		return
	}
	WriteError(w, http.StatusBadGateway, "bad_gateway", "the backend does not answer")
}

// ToHandler is a transport to a handler in the same process.
type ToHandler struct{ http.Handler }

// RoundTrip runs the handler and returns its whole answer.
func (t ToHandler) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	answer := NewRecorder()
	t.ServeHTTP(answer, r)
	if r.Method == http.MethodHead {
		answer.Body.Reset()
	}
	return &http.Response{
		StatusCode: answer.Status, Status: http.StatusText(answer.Status), Request: r,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: answer.header, Body: io.NopCloser(&answer.Body), ContentLength: int64(answer.Body.Len()),
	}, nil
}

// copyBuffer is as large as the one that httputil.ReverseProxy would make for
// each answer.
type copyBuffer [32 << 10]byte

// Buffers lends what answers are copied through. Made anew for each call, they
// are nearly all of the garbage of a proxy.
type Buffers struct{}

var copyBuffers = sync.Pool{New: func() any { return new(copyBuffer) }}

// Get implements httputil.BufferPool.
func (Buffers) Get() []byte { return copyBuffers.Get().(*copyBuffer)[:] }

// Put implements httputil.BufferPool.
func (Buffers) Put(b []byte) { copyBuffers.Put((*copyBuffer)(b)) }
