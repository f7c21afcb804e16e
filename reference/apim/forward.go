package apim

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"
)

// forwardRequest calls the backend.
type forwardRequest struct {
	timeout    value
	failOnCode bool
}

// loadForward accepts the attributes that cannot change what is seen here: the
// version of HTTP, buffering, and the refusal to follow redirects, which is the default.
func loadForward(e *element) policy {
	e.empty()
	e.oneOf("follow-redirects", "false")
	e.oneOf("http-version", "1", "2", "2or1")
	e.oneOf("buffer-request-body", "false", "true")
	e.oneOf("buffer-response", "true", "false")
	return &forwardRequest{
		timeout:    e.integer("timeout", 300),
		failOnCode: e.oneOf("fail-on-error-status-code", "false", "true") == "true",
	}
}

func (p *forwardRequest) run(x *exchange) error {
	seconds, err := p.timeout.integer(x)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(x.request.Context(), time.Duration(seconds)*time.Second)
	defer cancel()
	rec := &recorder{header: http.Header{}}
	x.svc.options.Backend.ServeHTTP(rec, x.request.WithContext(ctx))
	x.setResponse(rec.response())
	if p.failOnCode && x.response.StatusCode >= 400 {
		return internal("forward-request", "BackendConnectionFailure", fmt.Errorf("the backend answered %d", x.response.StatusCode))
	}
	return nil
}

// recorder is an http.ResponseWriter that keeps the backend's answer, so that
// outbound policies can change it.
type recorder struct {
	header http.Header
	status int
	sent   http.Header // as they were when the status was written
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= 200 { // an informational one is not the answer
		r.status, r.sent = status, r.header.Clone()
	}
}

func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	if r.body.Len() == 0 && r.sent.Get("Content-Type") == "" {
		r.sent.Set("Content-Type", http.DetectContentType(p))
	}
	return r.body.Write(p)
}

func (r *recorder) response() *response {
	r.WriteHeader(http.StatusOK)
	out := newResponse(r.status)
	out.Header = r.sent
	out.body = r.body.Bytes()
	return out
}
