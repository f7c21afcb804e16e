package message

import (
	"bytes"
	"io"

	"github.com/revocheck/revocheck/reference/apim/policy"
)

// setStatus is set-status.
type setStatus struct{ code, reason policy.Value }

// LoadSetStatus loads a set-status of its own. Microsoft's page lists all four
// sections and does not say what a status does before there is an answer.
func LoadSetStatus(e *policy.Element) policy.Policy {
	if e.Section() == policy.Inbound || e.Section() == policy.Backend {
		e.Fail(policy.CodeUnsupported, "a status that is set before there is an answer is not supported: use return-response, or set it in outbound or on-error")
	}
	return newSetStatus(e)
}

func newSetStatus(e *policy.Element) *setStatus {
	e.Empty()
	e.Required("code")
	p := &setStatus{code: e.Integer("code", 0), reason: e.Value("reason")}
	policy.CheckStatus(e, "code", p.code)
	return p
}

func (p *setStatus) Run(x *policy.Exchange) error { return p.apply(x, x.Response) }

func (p *setStatus) apply(x *policy.Exchange, r *policy.Response) error {
	code, err := p.code.Integer(x)
	if err != nil {
		return err
	}
	r.StatusCode = policy.FinalStatus(code)
	r.StatusReason, err = p.reason.Text(x)
	return err
}

// setBody is set-body with a text or an expression; templates are not
// supported.
type setBody struct{ content policy.Value }

// LoadSetBody loads set-body.
func LoadSetBody(e *policy.Element) policy.Policy { return newSetBody(e) }

func newSetBody(e *policy.Element) *setBody {
	if len(e.Children) > 0 {
		e.Fail(policy.CodeUnsupported, "a body of elements is not supported: write it as text or CDATA")
	}
	return &setBody{e.Content()}
}

func (p *setBody) Run(x *policy.Exchange) error {
	text, err := p.content.Text(x)
	if err != nil {
		return err
	}
	if x.Section == policy.Outbound || x.Section == policy.OnError {
		x.Response.Body = []byte(text)
		return nil
	}
	x.Request.Body = io.NopCloser(bytes.NewReader([]byte(text)))
	x.Request.ContentLength = int64(len(text))
	return nil
}

// returnResponse ends the pipeline with a response of its own.
type returnResponse struct {
	status  *setStatus
	headers []*setHeader
	body    *setBody
}

// LoadReturnResponse loads return-response.
func LoadReturnResponse(e *policy.Element) policy.Policy {
	p := &returnResponse{}
	if e.Text != "" {
		e.Fail(policy.CodeInvalid, "text is not expected here")
	}
	for _, n := range e.Children {
		child := e.Child(n)
		p.part(child)
		child.Done()
	}
	return p
}

func (p *returnResponse) part(e *policy.Element) {
	switch e.Name {
	case "set-status":
		p.status = newSetStatus(e)
	case "set-header":
		if h, ok := LoadSetHeader(e).(*setHeader); ok {
			p.headers = append(p.headers, h)
		}
	case "set-body":
		p.body = newSetBody(e)
	default:
		e.Fail(policy.CodeUnsupported, "return-response holds set-status, set-header and set-body")
	}
}

// run builds a response from nothing: what the backend answered is dropped.
func (p *returnResponse) Run(x *policy.Exchange) error {
	r := policy.NewResponse(200)
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
		text, err := p.body.content.Text(x)
		if err != nil {
			return err
		}
		r.Body = []byte(text)
	}
	x.SetResponse(r)
	return policy.ErrHalted
}
