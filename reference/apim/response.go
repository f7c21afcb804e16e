package apim

import (
	"bytes"
	"io"
)

// setStatus is set-status.
type setStatus struct{ code, reason value }

// loadSetStatus loads a set-status of its own. Microsoft's page lists all four
// sections and does not say what a status does before there is an answer.
func loadSetStatus(e *element) policy {
	if e.l.section == inbound || e.l.section == backend {
		e.fail(CodeUnsupported, "a status that is set before there is an answer is not supported: use return-response, or set it in outbound or on-error")
	}
	return newSetStatus(e)
}

func newSetStatus(e *element) *setStatus {
	e.empty()
	e.required("code")
	p := &setStatus{code: e.integer("code", 0), reason: e.text("reason")}
	checkStatus(e, "code", p.code)
	return p
}

func (p *setStatus) run(x *exchange) error { return p.apply(x, x.response) }

func (p *setStatus) apply(x *exchange, r *response) error {
	code, err := p.code.integer(x)
	if err != nil {
		return err
	}
	r.StatusCode = finalStatus(code)
	r.StatusReason, err = p.reason.text(x)
	return err
}

// setBody is set-body with a text or an expression; templates are not
// supported.
type setBody struct{ content value }

func loadSetBody(e *element) policy { return newSetBody(e) }

func newSetBody(e *element) *setBody {
	if len(e.Children) > 0 {
		e.fail(CodeUnsupported, "a body of elements is not supported: write it as text or CDATA")
	}
	return &setBody{e.content()}
}

func (p *setBody) run(x *exchange) error {
	text, err := p.content.text(x)
	if err != nil {
		return err
	}
	if x.section == outbound || x.section == onError {
		x.response.body = []byte(text)
		return nil
	}
	x.request.Body = io.NopCloser(bytes.NewReader([]byte(text)))
	x.request.ContentLength = int64(len(text))
	return nil
}

// returnResponse ends the pipeline with a response of its own.
type returnResponse struct {
	status  *setStatus
	headers []*setHeader
	body    *setBody
}

func loadReturnResponse(e *element) policy {
	p := &returnResponse{}
	if e.Text != "" {
		e.fail(CodeInvalid, "text is not expected here")
	}
	for _, n := range e.Children {
		child := e.l.element(n)
		p.part(child)
		child.done()
	}
	return p
}

func (p *returnResponse) part(e *element) {
	switch e.Name {
	case "set-status":
		p.status = newSetStatus(e)
	case "set-header":
		if h, ok := loadSetHeader(e).(*setHeader); ok {
			p.headers = append(p.headers, h)
		}
	case "set-body":
		p.body = newSetBody(e)
	default:
		e.fail(CodeUnsupported, "return-response holds set-status, set-header and set-body")
	}
}

// run builds a response from nothing: what the backend answered is dropped.
func (p *returnResponse) run(x *exchange) error {
	r := newResponse(200)
	if p.status != nil {
		if err := p.status.apply(x, r); err != nil {
			return err
		}
	}
	for _, h := range p.headers {
		if err := h.apply(x, r.Header); err != nil {
			return err
		}
	}
	if p.body != nil {
		text, err := p.body.content.text(x)
		if err != nil {
			return err
		}
		r.body = []byte(text)
	}
	x.setResponse(r)
	return errHalted
}
