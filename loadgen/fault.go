package loadgen

import (
	"fmt"
	"net/http"
	"strings"
)

// faultKinds maps parts of error texts to the few kinds that a report names.
// Vegeta keeps the text of an error and not the error, so that texts are all
// there is; and a text may hold an address, so that no text is passed on.
var faultKinds = []struct{ part, kind string }{
	{errHarness, "the harness could not build the call"},
	{"connection refused", "connection refused"},
	{"Client.Timeout", "timeout"},
	{"deadline exceeded", "timeout"},
	{"i/o timeout", "timeout"},
	{"connection reset", "connection reset"},
	{"broken pipe", "connection reset"},
	{"EOF", "connection closed without an answer"},
	{"idle connection", "connection closed without an answer"},
	{"no such host", "host name not found"},
	{"certificate", "certificate not accepted"},
	{"too many open files", "too many open files on this machine"},
	{"cannot assign requested address", "no free port on this machine"},
	{"context canceled", "interrupted"},
}

// faultKind names what went wrong with a call. A refusal or an acceptance has
// no kind.
func faultKind(o Outcome, status int, text string) string {
	switch {
	case o != Fault:
		return ""
	case status == http.StatusTooManyRequests:
		return "throttled (429)"
	case status != 0:
		return fmt.Sprintf("unexpected status %d", status)
	}
	for _, k := range faultKinds {
		if strings.Contains(text, k.part) {
			return k.kind
		}
	}
	return "other transport error"
}
