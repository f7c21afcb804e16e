package apim

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// fault is an error that APIM answers itself. Its LastError is what the
// on-error section sees of it.
type fault struct {
	expr.LastError
	status int
	body   string // message shown to the client
	header http.Header
}

func (f *fault) Error() string { return f.Source + ": " + f.Message }

// response is APIM's own form of an error: an object with spaces inside its
// braces.
func (f *fault) response(requestID string) *response {
	r := newResponse(f.status)
	for name, values := range f.header {
		r.Header[name] = values
	}
	r.Header.Set("Content-Type", "application/json")
	extra := ""
	if f.status == http.StatusInternalServerError {
		extra = fmt.Sprintf(`, "activityId": %s`, quoted(requestID))
	}
	r.body = fmt.Appendf(nil, `{ "statusCode": %d, "message": %s%s }`, f.status, quoted(f.body), extra)
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

// internal is the answer to an error in an expression or a backend that
// cannot be reached. The cause goes to context.LastError, not to the client.
func internal(source, reason string, cause error) *fault {
	return &fault{
		status: http.StatusInternalServerError, body: "Internal server error",
		LastError: expr.LastError{Source: source, Reason: reason, Message: cause.Error()},
	}
}

func notFound() *fault {
	return &fault{
		status: http.StatusNotFound, body: "Resource not found",
		LastError: expr.LastError{
			Source: "configuration", Reason: "OperationNotFound", Message: "Unable to match incoming request to an operation.",
		},
	}
}
