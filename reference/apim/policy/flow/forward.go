package flow

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/apim/policy"
)

// forwardRequest calls the backend.
type forwardRequest struct {
	timeout    policy.Value
	failOnCode bool
}

// LoadForward accepts the attributes that cannot change what is seen here: the
// version of HTTP, buffering, and the refusal to follow redirects, which is the default.
func LoadForward(e *policy.Element) policy.Policy {
	e.Empty()
	e.OneOf("follow-redirects", "false")
	e.OneOf("http-version", "1", "2", "2or1")
	e.OneOf("buffer-request-body", "false", "true")
	e.OneOf("buffer-response", "true", "false")
	return &forwardRequest{
		timeout:    e.Integer("timeout", 300),
		failOnCode: e.OneOf("fail-on-error-status-code", "false", "true") == "true",
	}
}

// Forward is forward-request without attributes.
func Forward() policy.Policy { return &forwardRequest{timeout: policy.Value{Literal: 300}} }

func (p *forwardRequest) Run(x *policy.Exchange) error {
	seconds, err := p.timeout.Integer(x)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(x.Request.Context(), time.Duration(seconds)*time.Second)
	defer cancel()
	rec := &recorder{header: http.Header{}}
	x.Gateway.Backend.ServeHTTP(rec, x.Request.WithContext(ctx))
	x.SetResponse(rec.response())
	if p.failOnCode && x.Response.StatusCode >= 400 {
		return policy.Internal("forward-request", "BackendConnectionFailure", fmt.Errorf("the backend answered %d", x.Response.StatusCode))
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

func (r *recorder) response() *policy.Response {
	r.WriteHeader(http.StatusOK)
	out := policy.NewResponse(r.status)
	out.Header = r.sent
	out.Body = r.body.Bytes()
	return out
}
