package loadgen

import (
	"fmt"

	"github.com/revocheck/revocheck/loadgen/stats"
)

// Outage is a stretch of the run in which a side left calls without any
// answer. Times are milliseconds since the run began.
type Outage struct {
	FromMs float64 `json:"from_ms"`
	ToMs   float64 `json:"to_ms"`
	// Over means that the side answered again afterwards.
	Over bool `json:"over"`
}

// maxOutages bounds what is kept of a side that fails all the time.
const maxOutages = 20

// outage notes whether a slice, from and to these moments, had calls without
// an answer.
func (s *SideRecord) outage(fromMs, toMs float64, unanswered bool) {
	last := len(s.Outages) - 1
	under := last >= 0 && !s.Outages[last].Over
	switch {
	case unanswered && under:
		s.Outages[last].ToMs = toMs
	case unanswered && last+1 < maxOutages:
		s.Outages = append(s.Outages, Outage{FromMs: fromMs, ToMs: toMs})
	case !unanswered && under:
		s.Outages[last].Over = true
	}
}

// text says when the side was away. The moments are those of whole slices.
func (o Outage) text() string {
	if o.Over {
		return fmt.Sprintf("left calls without an answer between %s and %s of the run, and answered again", stats.MsText(o.FromMs), stats.MsText(o.ToMs))
	}
	return fmt.Sprintf("left calls without an answer from %s of the run to its end", stats.MsText(o.FromMs))
}
