package loadgen

import (
	"time"

	"github.com/revocheck/revocheck/loadgen/stats"
)

// Timeline is the latency of a side over the run, in a bounded number of
// points: when it is full, neighbours join and each point covers twice the
// time.
type Timeline struct {
	Points []TimePoint `json:"points"`
	// span is the time that one point covers.
	span time.Duration
}

// TimePoint is a stretch of the run. Times are milliseconds.
type TimePoint struct {
	AtMs   float64 `json:"at_ms"` // since the run began
	P50Ms  float64 `json:"p50_ms"`
	P99Ms  float64 `json:"p99_ms"`
	Calls  int     `json:"calls"`
	Faults int     `json:"faults,omitempty"`
}

const (
	maxPoints = 400
	firstSpan = 250 * time.Millisecond
)

// add puts a slice on the line. What falls into the stretch of the point
// before joins it.
func (t *Timeline) add(p TimePoint) {
	if t.span == 0 {
		t.span = firstSpan
	}
	t.Points = appendPoint(t.Points, p, t.span)
	for len(t.Points) > maxPoints {
		t.span *= 2
		var joined []TimePoint
		for _, p := range t.Points {
			joined = appendPoint(joined, p, t.span)
		}
		t.Points = joined
	}
}

func appendPoint(points []TimePoint, p TimePoint, span time.Duration) []TimePoint {
	if len(points) == 0 || p.AtMs-points[len(points)-1].AtMs >= stats.Millis(span) {
		return append(points, p)
	}
	last := &points[len(points)-1]
	if p.Calls > 0 {
		share := float64(p.Calls) / float64(last.Calls+p.Calls)
		last.P50Ms += share * (p.P50Ms - last.P50Ms)
		last.P99Ms = max(last.P99Ms, p.P99Ms)
	}
	last.Calls += p.Calls
	last.Faults += p.Faults
	return points
}
