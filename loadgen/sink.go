package loadgen

import "time"

// Sink receives the calls of a run, without any token.
type Sink func(Sample) error

// Sample is one call with its judgement.
type Sample struct {
	Side    string
	Class   Class
	Outcome Outcome
	Fault   string // the kind of fault; "" for none
	Status  int    // 0 when no answer came
	Number  uint64 // within its slice
	Slice   uint64 // the number of the first call of its slice
	SentAt  time.Time
	Late    time.Duration // actual sending after the due time
	Latency time.Duration // from the actual sending
	Sent    uint64        // bytes of the request's body
	Counts  bool          // its latency counts for the comparison
}

// FromDue is the latency from the due time.
func (s Sample) FromDue() time.Duration { return s.Late + s.Latency }
