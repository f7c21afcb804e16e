package stats

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/HdrHistogram/hdrhistogram-go"
)

const (
	// longest is the highest latency that a histogram tells apart.
	longest = 2 * time.Minute
	// digits is the precision of a histogram: 0.1 % of each value.
	digits = 3
)

// Histogram counts latencies with a fixed precision of 0.1 % and a size that
// does not grow with the run. The zero value is empty and ready.
type Histogram struct{ hdr *hdrhistogram.Histogram }

func newHDR() *hdrhistogram.Histogram {
	return hdrhistogram.New(int64(time.Microsecond), int64(longest), digits)
}

// Add counts one latency. Latencies beyond two minutes count as two minutes.
func (h *Histogram) Add(d time.Duration) {
	if h.hdr == nil {
		h.hdr = newHDR()
	}
	// The value is inside the range, so that there is no error to meet.
	_ = h.hdr.RecordValue(int64(min(max(d, 0), longest)))
}

// Merge adds the counts of another histogram.
func (h *Histogram) Merge(other Histogram) {
	if other.hdr == nil {
		return
	}
	if h.hdr == nil {
		h.hdr = newHDR()
	}
	h.hdr.Merge(other.hdr)
}

// Count returns how many latencies were added.
func (h Histogram) Count() int64 {
	if h.hdr == nil {
		return 0
	}
	return h.hdr.TotalCount()
}

// At returns the q-quantile, q from 0 to 1; 0 when the histogram is empty.
func (h Histogram) At(q float64) time.Duration {
	if h.Count() == 0 {
		return 0
	}
	return time.Duration(h.hdr.ValueAtQuantile(100 * q))
}

// Max returns the highest latency.
func (h Histogram) Max() time.Duration {
	if h.Count() == 0 {
		return 0
	}
	return time.Duration(h.hdr.Max())
}

// MarshalJSON renders the quantiles that a reader wants to see and the counts
// that a later merge needs.
func (h Histogram) MarshalJSON() ([]byte, error) {
	out := histogramJSON{Count: h.Count()}
	if out.Count == 0 {
		return json.Marshal(out)
	}
	out.MaxMs = Millis(h.Max())
	for _, b := range h.hdr.Distribution() {
		if b.Count > 0 {
			out.Buckets = append(out.Buckets, [2]int64{b.To, b.Count})
		}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (h *Histogram) UnmarshalJSON(b []byte) error {
	var in histogramJSON
	if err := json.Unmarshal(b, &in); err != nil {
		return fmt.Errorf("latency histogram: %w", err)
	}
	*h = Histogram{}
	for _, bucket := range in.Buckets {
		if err := h.restore(bucket[0], bucket[1]); err != nil {
			return err
		}
	}
	return nil
}

func (h *Histogram) restore(value, count int64) error {
	if value < 0 || value > 2*int64(longest) || count < 0 {
		return fmt.Errorf("latency histogram: bucket of %d ns with %d calls is out of range", value, count)
	}
	if h.hdr == nil {
		h.hdr = newHDR()
	}
	return h.hdr.RecordValues(min(value, int64(longest)), count)
}

// histogramJSON is the stored form: buckets of [highest latency in ns, count].
type histogramJSON struct {
	Count   int64      `json:"count"`
	MaxMs   float64    `json:"max_ms,omitempty"`
	Buckets [][2]int64 `json:"buckets_ns,omitempty"`
}
