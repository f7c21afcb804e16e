package loadgen

import "testing"

func TestTimelineStaysSmall(t *testing.T) {
	var line Timeline
	calls := 0
	for i := range 100_000 {
		line.add(TimePoint{AtMs: float64(i) * 300, P50Ms: 1, P99Ms: 2, Calls: 3, Faults: 1})
		calls += 3
	}
	got, faults := 0, 0
	for _, p := range line.Points {
		got, faults = got+p.Calls, faults+p.Faults
	}
	if len(line.Points) > maxPoints || got != calls || faults != 100_000 {
		t.Errorf("%d points with %d calls and %d faults, of %d calls", len(line.Points), got, faults, calls)
	}
}
