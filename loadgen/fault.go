package loadgen

import (
	"fmt"
	"net/http"

	"github.com/revocheck/revocheck/loadgen/send"
)

// throttled is the kind of an undeclared 429.
const throttled = "throttled (429)"

// faultKind names what went wrong with a call. A refusal or an acceptance has
// no kind.
func faultKind(o Outcome, status int, text string) string {
	switch {
	case o != Fault:
		return ""
	case status == http.StatusTooManyRequests:
		return throttled
	case status != 0:
		return fmt.Sprintf("unexpected status %d", status)
	}
	return send.FaultKind(text)
}
