package concurrency_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/catalogue/concurrency"
	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
)

// TestAViolationIsToldAsATimeline: the call that cannot be comes after the
// logout that was acknowledged.
func TestAViolationIsToldAsATimeline(t *testing.T) {
	r := prove.Record(t, concurrency.Scenarios(), reference.Config{Fault: "replica-never-hears"}, "concurrency/linearizable-logout")
	logout := regexp.MustCompile(`^[\d.]+ ms to [\d.]+ ms: client \d logout of T\d+#\w+ at replica [12]: acknowledged$`)
	call := regexp.MustCompile(`^[\d.]+ ms to [\d.]+ ms: client \d call of T\d+#\w+ at replica [12]: accepted$`)
	acknowledged := slices.IndexFunc(r.Steps, func(s report.Step) bool { return logout.MatchString(s.Text) && s.OK })
	wrong := slices.IndexFunc(r.Steps, func(s report.Step) bool { return call.MatchString(s.Text) && !s.OK && s.Expected == "refused" })
	if acknowledged < 0 || wrong < acknowledged {
		t.Errorf("the timeline has the logout at %d and the wrong call at %d: %+v", acknowledged, wrong, r.Steps)
	}
}

func TestWhatIsMeasuredIsADistribution(t *testing.T) {
	prove.Measures(t, concurrency.Scenarios(), "concurrency/leak-window", "leak window p50", "leak window p95", "leak window max")
	prove.Measures(t, concurrency.Scenarios(), "cluster/propagation-time", "propagation time p50", "propagation time p95", "propagation time max")
}
