package send

import (
	"errors"
	"strings"
)

// errHarness marks an error that is ours in the text that vegeta keeps.
const errHarness = "revocheck: cannot build the call"

// faultKinds maps parts of error texts to the few kinds that a report names.
// Vegeta keeps the text of an error and not the error, so that texts are all
// there is; and a text may hold an address, so that no text is passed on.
var faultKinds = []struct{ part, kind string }{
	{errHarness, "the harness could not build the call"},
	{"connection refused", "connection refused"},
	{"Client.Timeout", Timeout},
	{"deadline exceeded", Timeout},
	{"i/o timeout", Timeout},
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

// Timeout is the kind of a call that was given up.
const Timeout = "timeout"

// FaultKind names what kept an answer from coming, by the text of the error.
func FaultKind(text string) string {
	for _, k := range faultKinds {
		if strings.Contains(text, k.part) {
			return k.kind
		}
	}
	return "other transport error"
}

// HarnessError returns the error of a call that could not be built, and nil
// for the text of any other error.
func HarnessError(text string) error {
	if !strings.Contains(text, errHarness) {
		return nil
	}
	return errors.New(strings.TrimPrefix(text, `Get "`+placeholder+`": `))
}
