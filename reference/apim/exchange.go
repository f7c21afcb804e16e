package apim

import (
	"errors"
	"net/http"

	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/expr"
)

// response is the answer as it is built. Its embedded part is what
// expressions see as context.Response.
type response struct {
	expr.Response
	body []byte
}

func newResponse(status int) *response {
	return &response{Response: expr.Response{
		StatusCode: status, StatusReason: http.StatusText(status), Header: http.Header{},
	}}
}

// exchange is one request on its way through the pipeline.
type exchange struct {
	svc       *Service
	region    int
	ctx       *expr.Context
	request   *http.Request // as it goes to the backend
	response  *response     // nil before there is one
	section   string
	postponed []func() error
	// always are headers that are added to whatever is answered.
	always http.Header
	// quotas is what this request itself has counted.
	quotas map[counter.QuotaName]int
}

func (x *exchange) setResponse(r *response) {
	x.response = r
	x.ctx.Response = &r.Response
}

// headers are those that set-header changes: the request's until there is a
// response, which is what the sections stand for.
func (x *exchange) headers() http.Header {
	if x.section == outbound || x.section == onError {
		return x.response.Header
	}
	return x.request.Header
}

func (x *exchange) runAll(policies []policy) error {
	for _, p := range policies {
		if err := p.run(x); err != nil {
			return err
		}
	}
	return nil
}

// run takes the request through all sections.
func (x *exchange) run(p *pipeline) {
	err := x.forward(p)
	finished := err == nil
	if finished {
		err = x.count()
	}
	x.answer(err, p)
	if !finished && x.svc.options.CountUnfinished {
		_ = x.count() // behind the answer: the conditions see its status, and no error can change it
	}
}

// answer turns an error into a response.
func (x *exchange) answer(err error, p *pipeline) {
	var f *fault
	if err == nil || errors.Is(err, errHalted) {
		return
	}
	if !errors.As(err, &f) {
		f = internal("pipeline", "Unknown", err)
	}
	x.fail(f, p)
}

// forward runs inbound, backend and outbound.
func (x *exchange) forward(p *pipeline) error {
	for _, section := range []string{inbound, backend, outbound} {
		x.section = section
		if section == outbound && x.response == nil {
			x.setResponse(newResponse(http.StatusOK)) // an empty backend section
		}
		if err := x.runAll(p.sections[section]); err != nil {
			return err
		}
	}
	return nil
}

// count runs the postponed increments, at the end of outbound.
func (x *exchange) count() error {
	for _, increment := range x.postponed {
		if err := increment(); err != nil {
			return err
		}
	}
	return nil
}

// fail answers a fault, after the on-error section has seen it.
func (x *exchange) fail(f *fault, p *pipeline) {
	x.section = onError
	x.ctx.LastError = &f.LastError
	x.setResponse(f.response(x.ctx.RequestID))
	err := x.runAll(p.sections[onError])
	var second *fault
	if errors.As(err, &second) {
		x.setResponse(second.response(x.ctx.RequestID))
	}
}

// write sends the response.
func (x *exchange) write(w http.ResponseWriter) {
	header := w.Header()
	for name, values := range x.response.Header {
		header[name] = values
	}
	for name, values := range x.always {
		header[name] = values
	}
	header.Del("Content-Length") // a policy may have changed the body
	w.WriteHeader(x.response.StatusCode)
	if x.ctx.Request.Method != http.MethodHead && bodyAllowed(x.response.StatusCode) {
		// A client that went away is its own affair.
		_, _ = w.Write(x.response.body)
	}
}

func bodyAllowed(status int) bool {
	return status >= 200 && status != http.StatusNoContent && status != http.StatusNotModified
}
