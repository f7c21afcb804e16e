package stored

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/revocheck/revocheck/loadgen"
)

// StreamTo returns a Sink that writes vegeta's own binary results, which
// vegeta's tools read too. The Attack field names the side. Vegeta's
// latencies are from the actual sending; a header holds how late that was.
func StreamTo(w io.Writer) loadgen.Sink {
	encode := vegeta.NewEncoder(w)
	return func(s loadgen.Sample) error {
		if err := encode.Encode(toVegeta(s)); err != nil {
			return fmt.Errorf("writing vegeta results: %w", err)
		}
		return nil
	}
}

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

// toVegeta returns what is stored of a call: no body, no address, no header of
// the target's.
func toVegeta(s loadgen.Sample) *vegeta.Result {
	h := http.Header{}
	h.Set(headerClass, s.Class.String())
	h.Set(headerOutcome, s.Outcome.String())
	h.Set(headerLate, s.Late.String())
	h.Set(headerSlice, strconv.FormatUint(s.Slice, 10))
	if s.Counts {
		h.Set(headerCounts, "yes")
	}
	if s.Fault != "" {
		h.Set(headerFault, s.Fault)
	}
	return &vegeta.Result{Attack: s.Side, Seq: s.Number, Code: uint16(s.Status), Timestamp: s.SentAt,
		Latency: s.Latency, BytesOut: s.Sent, Error: s.Fault, Method: "CALL", URL: "/" + s.Side, Headers: h}
}

// fromVegeta reads back what toVegeta wrote.
func fromVegeta(r *vegeta.Result) (loadgen.Sample, error) {
	s := loadgen.Sample{Side: r.Attack, Fault: r.Headers.Get(headerFault), Status: int(r.Code), Number: r.Seq, SentAt: r.Timestamp,
		Latency: r.Latency, Sent: r.BytesOut, Counts: r.Headers.Get(headerCounts) != ""}
	err := s.Class.UnmarshalText([]byte(r.Headers.Get(headerClass)))
	if err == nil {
		err = s.Outcome.UnmarshalText([]byte(r.Headers.Get(headerOutcome)))
	}
	if err == nil {
		s.Late, err = time.ParseDuration(r.Headers.Get(headerLate))
	}
	if err == nil {
		s.Slice, err = strconv.ParseUint(r.Headers.Get(headerSlice), 10, 64)
	}
	if err != nil {
		return s, fmt.Errorf("call %d of %q was not written by revocheck bench: %w", r.Seq, r.Attack, err)
	}
	return s, nil
}
