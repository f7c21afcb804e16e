package policy

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// Fault is an error that APIM answers itself. Its LastError is what the
// on-error section sees of it.
type Fault struct {
	expr.LastError
	Status int
	Body   string // message shown to the client
	Header http.Header
}

func (f *Fault) Error() string { return f.Source + ": " + f.Message }

// Response is APIM's own form of an error: an object with spaces inside its
// braces.
func (f *Fault) Response(requestID string) *Response {
	r := NewResponse(f.Status)
	for name, values := range f.Header {
		r.Header[name] = values
	}
	r.Header.Set("Content-Type", "application/json")
	extra := ""
	if f.Status == http.StatusInternalServerError {
		extra = fmt.Sprintf(`, "activityId": %s`, quoted(requestID))
	}
	r.Body = fmt.Appendf(nil, `{ "statusCode": %d, "message": %s%s }`, f.Status, quoted(f.Body), extra)
	return r
}

// quoted is a JSON string that keeps <, > and & as they are.
func quoted(s string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Internal is the answer to an error in an expression or a backend that
// cannot be reached. The cause goes to context.LastError, not to the client.
func Internal(source, reason string, cause error) *Fault {
	return &Fault{
		Status: http.StatusInternalServerError, Body: "Internal server error",
		LastError: expr.LastError{Source: source, Reason: reason, Message: cause.Error()},
	}
}

// NotFound is the answer to a request that is of no operation.
func NotFound() *Fault {
	return &Fault{
		Status: http.StatusNotFound, Body: "Resource not found",
		LastError: expr.LastError{
			Source: "configuration", Reason: "OperationNotFound", Message: "Unable to match incoming request to an operation.",
		},
	}
}
