package preflight

import (
	"net/http"
	"testing"
	"time"

	"github.com/revocheck/revocheck/scenarios/wire"
)

// TestWhatIsLeftOfTheClocksDifference by Date headers at known instants: ahead
// is the clock's true difference in each.
func TestWhatIsLeftOfTheClocksDifference(t *testing.T) {
	const ms = time.Millisecond
	for name, c := range map[string]struct {
		ahead time.Duration
		calls []time.Duration // within a second of ours
		by    time.Duration   // the difference is known to
	}{
		"one call, no difference to be seen": {-200 * ms, []time.Duration{300 * ms}, 700 * ms},
		"one call, ahead":                    {1500 * ms, []time.Duration{300 * ms}, 500 * ms},
		"a second begins":                    {-200 * ms, []time.Duration{50 * ms, 150 * ms, 250 * ms}, 150 * ms},
		"a second begins, ahead":             {1350 * ms, []time.Duration{550 * ms, 620 * ms, 690 * ms}, 35 * ms},
	} {
		ahead, unsure := clockSeen(datedAt(c.ahead, c.calls))
		if off := (ahead - c.ahead).Abs(); off > unsure || unsure > c.by {
			t.Errorf("%s: %s, known to %s; it is %s and can be known to %s", name, ahead, unsure, c.ahead, c.by)
		}
	}
}

func datedAt(ahead time.Duration, calls []time.Duration) (answers []wire.Answer) {
	second := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	for _, at := range calls {
		now := second.Add(at)
		date := http.Header{"Date": {now.Add(ahead).Format(http.TimeFormat)}}
		answers = append(answers, wire.Answer{Sent: now, Received: now, Header: date})
	}
	return answers
}

// clockSeen is what the Dates of answers tell of the target's clock.
func clockSeen(answers []wire.Answer) (ahead, unsure time.Duration) {
	first, _ := dated(answers[0])
	b := first.bracket()
	for _, a := range answers[1:] {
		next, _ := dated(a)
		b = b.and(next.bracket())
	}
	return b.clock().Ahead, b.clock().Unsure
}
