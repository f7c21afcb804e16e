package policy

import (
	"errors"
	"net/http"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/expr"
)

// Response is the answer as it is built. Its embedded part is what
// expressions see as context.Response.
type Response struct {
	expr.Response
	Body []byte
}

// NewResponse is an empty answer.
func NewResponse(status int) *Response {
	return &Response{Response: expr.Response{
		StatusCode: status, StatusReason: http.StatusText(status), Header: http.Header{},
	}}
}

// Exchange is one request on its way through the pipeline.
type Exchange struct {
	Gateway  *Gateway
	Context  *expr.Context
	Request  *http.Request // as it goes to the backend
	Response *Response     // nil before there is one
	Section  string
	// Always are headers that are added to whatever is answered.
	Always http.Header
	// CacheKey is under what cache-store keeps the answer; empty is not at all.
	CacheKey string
	// Quotas is what this request itself has counted.
	Quotas    map[counter.QuotaName]int
	postponed []func() error
}

// SetResponse shows a response to the expressions too.
func (x *Exchange) SetResponse(r *Response) {
	x.Response = r
	x.Context.Response = &r.Response
}

// Headers are those that set-header changes: the request's until there is a
// response, which is what the sections stand for.
func (x *Exchange) Headers() http.Header {
	if x.Section == Outbound || x.Section == OnError {
		return x.Response.Header
	}
	return x.Request.Header
}

// RunAll runs policies until one fails.
func (x *Exchange) RunAll(policies []Policy) error {
	for _, p := range policies {
		if err := p.Run(x); err != nil {
			return err
		}
	}
	return nil
}

// Run takes the request through all sections.
func (x *Exchange) Run(p *Pipeline) {
	err := x.forward(p)
	finished := err == nil
	if finished {
		err = x.count()
	}
	x.answer(err, p)
	if !finished && x.Gateway.CountUnfinished {
		_ = x.count() // behind the answer: the conditions see its status, and no error can change it
	}
}

// answer turns an error into a response.
func (x *Exchange) answer(err error, p *Pipeline) {
	var f *Fault
	if err == nil || errors.Is(err, ErrHalted) {
		return
	}
	if !errors.As(err, &f) {
		f = Internal("pipeline", "Unknown", err)
	}
	x.Fail(f, p)
}

// forward runs Inbound, backend and outbound.
func (x *Exchange) forward(p *Pipeline) error {
	for _, section := range []string{Inbound, Backend, Outbound} {
		x.Section = section
		if section == Outbound && x.Response == nil {
			x.SetResponse(NewResponse(http.StatusOK)) // an empty backend section
		}
		if err := x.RunAll(p.sections[section]); err != nil {
			return err
		}
	}
	return nil
}

// Postpone runs an increment at the end of outbound.
func (x *Exchange) Postpone(increment func() error) { x.postponed = append(x.postponed, increment) }

// count runs the postponed increments, at the end of outbound.
func (x *Exchange) count() error {
	for _, increment := range x.postponed {
		if err := increment(); err != nil {
			return err
		}
	}
	return nil
}

// Fail answers a fault, after the on-error section has seen it.
func (x *Exchange) Fail(f *Fault, p *Pipeline) {
	x.Section = OnError
	x.Context.LastError = &f.LastError
	x.SetResponse(f.Response(x.Context.RequestID))
	err := x.RunAll(p.sections[OnError])
	var second *Fault
	if errors.As(err, &second) {
		x.SetResponse(second.Response(x.Context.RequestID))
	}
}

// Write sends the response.
func (x *Exchange) Write(w http.ResponseWriter) {
	header := w.Header()
	for name, values := range x.Response.Header {
		header[name] = values
	}
	for name, values := range x.Always {
		header[name] = values
	}
	header.Del("Content-Length") // a policy may have changed the body
	w.WriteHeader(x.Response.StatusCode)
	if x.Context.Request.Method != http.MethodHead && bodyAllowed(x.Response.StatusCode) {
		// A client that went away is its own affair.
		_, _ = w.Write(x.Response.Body)
	}
}

func bodyAllowed(status int) bool {
	return status >= 200 && status != http.StatusNoContent && status != http.StatusNotModified
}
