package loadgen

import (
	"net/http"
	"strconv"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"
)

// Sink receives one call of a run in vegeta's form.
type Sink func(*vegeta.Result) error

// The headers in which a stored call carries what vegeta has no field for.
// They replace the headers of the answer, which may hold secrets.
const (
	headerClass   = "Revocheck-Class"
	headerOutcome = "Revocheck-Outcome"
	headerLate    = "Revocheck-Late"   // how late it was sent
	headerFault   = "Revocheck-Fault"  // the kind of fault
	headerSlice   = "Revocheck-Slice"  // the number of the first call of its slice
	headerCounts  = "Revocheck-Counts" // present when the latency counts for the comparison
)

// forSink returns what is stored of a call: no body, no address, no header of
// the target's.
func forSink(side string, s sample, res *vegeta.Result) *vegeta.Result {
	h := http.Header{}
	h.Set(headerClass, s.class.String())
	h.Set(headerOutcome, s.outcome.String())
	h.Set(headerLate, s.late.String())
	h.Set(headerSlice, strconv.FormatUint(s.slice, 10))
	if s.counts {
		h.Set(headerCounts, "yes")
	}
	if s.fault != "" {
		h.Set(headerFault, s.fault)
	}
	return &vegeta.Result{Attack: side, Seq: res.Seq, Code: res.Code, Timestamp: res.Timestamp,
		Latency: res.Latency, BytesOut: res.BytesOut, Error: s.fault, Method: "CALL", URL: "/" + side, Headers: h}
}

// sample is one call with its judgement.
type sample struct {
	class   Class
	outcome Outcome
	fault   string
	late    time.Duration // actual sending after the due time
	latency time.Duration // from the actual sending
	slice   uint64        // the number of the first call of its slice
	counts  bool          // its latency counts for the comparison
}

// fromDue is the latency from the due time.
func (s sample) fromDue() time.Duration { return s.late + s.latency }
