package policy

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/apim/expr"
)

// CheckStatus refuses a literal that is no status of a final answer.
func CheckStatus(e *Element, name string, status Value) {
	if n, ok := status.Literal.(int); ok && status.Set && (n < 200 || n > 599) {
		a, _ := e.Attr(name)
		e.FailAttr(a, CodeInvalid, "%d is not an HTTP status", n)
	}
}

// Refusal is a fault whose status and message to the client the document
// states. The on-error section sees the cause, whatever that message is.
func Refusal(x *Exchange, cause expr.LastError, status, message Value) error {
	code, err := status.Integer(x)
	if err != nil {
		return err
	}
	text, err := message.Text(x)
	if err != nil {
		return err
	}
	return &Fault{LastError: cause, Status: FinalStatus(code), Body: text, Header: http.Header{}}
}

// FinalStatus makes 500 of what an expression computed and HTTP does not know.
func FinalStatus(code int) int {
	if code < 200 || code > 599 {
		return http.StatusInternalServerError
	}
	return code
}
