package apim

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// setHeader is set-header.
type setHeader struct {
	name   value
	exists string
	values []value
}

func loadSetHeader(e *element) policy {
	p := &setHeader{name: e.requiredText("name"), exists: e.oneOf("exists-action", "override", "skip", "append", "delete")}
	p.values = loadValues(e)
	if len(p.values) == 0 && p.exists != "delete" {
		e.fail(CodeInvalid, "a value element is missing")
	}
	return p
}

// loadValues reads <value> children.
func loadValues(e *element) []value {
	var values []value
	for _, n := range e.Children {
		child := e.l.element(n)
		child.done()
		if n.Name != "value" {
			child.fail(CodeUnsupported, "<%s> holds value elements", e.Name)
			continue
		}
		values = append(values, child.content())
	}
	if e.Text != "" {
		e.fail(CodeInvalid, "text is not expected: use value elements")
	}
	return values
}

func (p *setHeader) run(x *exchange) error { return p.apply(x, x.headers()) }

func (p *setHeader) apply(x *exchange, h http.Header) error {
	name, err := p.name.text(x)
	if err != nil {
		return err
	}
	if p.exists == "delete" {
		h.Del(name)
		return nil
	}
	if p.exists == "skip" && h.Get(name) != "" {
		return nil
	}
	if p.exists == "override" {
		h.Del(name)
	}
	for _, v := range p.values {
		text, err := v.text(x)
		if err != nil {
			return err
		}
		h.Add(name, cleanHeader(text))
	}
	return nil
}

// cleanHeader keeps a value from ending its header line.
func cleanHeader(s string) string { return strings.NewReplacer("\r", " ", "\n", " ").Replace(s) }

// checkHeader is check-header.
type checkHeader struct {
	name, status, message value
	ignoreCase            bool
	values                []value
}

func loadCheckHeader(e *element) policy {
	p := &checkHeader{
		name: e.requiredText("name"), status: e.integer("failed-check-httpcode", 0),
		message: e.requiredText("failed-check-error-message"), values: loadValues(e),
	}
	for _, name := range []string{"failed-check-httpcode", "ignore-case"} {
		e.required(name)
	}
	p.ignoreCase = e.oneOf("ignore-case", "false", "true", "True", "False") != "false"
	checkStatus(e, "failed-check-httpcode", p.status)
	return p
}

// checkStatus refuses a literal that is no status of a final answer.
func checkStatus(e *element, name string, status value) {
	if n, ok := status.literal.(int); ok && status.set && (n < 200 || n > 599) {
		a, _ := e.attr(name)
		e.failAttr(a, CodeInvalid, "%d is not an HTTP status", n)
	}
}

func (p *checkHeader) run(x *exchange) error {
	name, err := p.name.text(x)
	if err != nil {
		return err
	}
	present := x.request.Header.Values(name)
	if len(present) == 0 {
		return p.refuse(x, "HeaderNotFound", fmt.Sprintf("Header %s was not found in the request. Access denied.", name))
	}
	for _, v := range p.values {
		allowed, err := v.text(x)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(present, func(h string) bool { return p.same(h, allowed) }) {
			return nil
		}
	}
	if len(p.values) == 0 {
		return nil
	}
	return p.refuse(x, "HeaderValueNotAllowed",
		fmt.Sprintf("Header %s value of %s is not allowed. Access denied.", name, strings.Join(present, ",")))
}

func (p *checkHeader) same(a, b string) bool {
	return a == b || p.ignoreCase && strings.EqualFold(a, b)
}

func (p *checkHeader) refuse(x *exchange, reason, cause string) error {
	return refusal(x, expr.LastError{Source: "check-header", Reason: reason, Message: cause}, p.status, p.message)
}

// refusal is a fault whose status and message to the client the document
// states. The on-error section sees the cause, whatever that message is.
func refusal(x *exchange, cause expr.LastError, status, message value) error {
	code, err := status.integer(x)
	if err != nil {
		return err
	}
	text, err := message.text(x)
	if err != nil {
		return err
	}
	return &fault{LastError: cause, status: finalStatus(code), body: text, header: http.Header{}}
}

// finalStatus makes 500 of what an expression computed and HTTP does not know.
func finalStatus(code int) int {
	if code < 200 || code > 599 {
		return http.StatusInternalServerError
	}
	return code
}
