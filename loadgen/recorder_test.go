package loadgen

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/revocheck/revocheck/loadgen/pace"
)

func recorderAt(began time.Time, mix Mix, calls uint64) *recorder {
	p := Plan{}.WithDefaults()
	return newRecorder(newLane(&Side{Name: "s"}, p), p, draws{mix: mix}, hundredASecond(began), calls)
}

// hundredASecond is when calls are due that began at a moment.
type hundredASecond time.Time

func (h hundredASecond) Began() time.Time { return time.Time(h) }

func (h hundredASecond) Due(call uint64) time.Time {
	return time.Time(h).Add(pace.Constant(100).At(call))
}

// A stall of the target delays the sending of later calls where connections
// are short. From the actual sending they look quick; from the due time they
// do not.
func TestLatencyCountsFromTheDueTime(t *testing.T) {
	began := time.Now()
	r := recorderAt(began, Mix{}, 10)
	if err := r.add(&vegeta.Result{Seq: 5, Code: 200, Timestamp: began.Add(250 * time.Millisecond), Latency: 3 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	if got := r.out.fromDue[0]; got != 203 { // due at 50 ms, answered at 253 ms
		t.Errorf("from the due time: %g ms, want 203", got)
	}
	if got := r.out.actual[0]; got != 3 {
		t.Errorf("from the sending: %g ms, want 3", got)
	}
	if r.out.late != 1 {
		t.Errorf("%d calls late, want 1", r.out.late)
	}
}

func TestLatenessIsTheGeneratorsUnlessTheTargetKeepsAllWaiting(t *testing.T) {
	r := sliceResult{late: 5, sent: 10}
	if r.lateShare() != 0.5 {
		t.Errorf("share %g, want 0.5", r.lateShare())
	}
	if r.full = true; r.lateShare() != 0 {
		t.Error("lateness that the target caused is blamed on the generator")
	}
}

// Which latencies are compared depends on class and number, never on how good
// the answer was, so that both sides compare the same calls.
func TestWhatCountsForTheComparison(t *testing.T) {
	for _, c := range []struct {
		name string
		mix  Mix
		seq  uint64
		code uint16
		err  string
		want int
	}{
		{"live", Mix{Live: 1}, 50, 200, "", 1},
		{"while settling", Mix{Live: 1}, 2, 200, "", 0},
		{"live but refused", Mix{Live: 1}, 50, 401, "", 1},
		{"a timeout counts as long as it lasted", Mix{Live: 1}, 50, 0, "Client.Timeout", 1},
		{"a refused connection would flatter", Mix{Live: 1}, 50, 0, "connection refused", 0},
		{"only refusals are sent, so they are compared", Mix{Revoked: 1}, 50, 401, "", 1},
	} {
		r := recorderAt(time.Now(), c.mix, 100)
		if err := r.add(&vegeta.Result{Seq: c.seq, Code: c.code, Error: c.err, Timestamp: time.Now()}); err != nil {
			t.Fatal(err)
		}
		if len(r.out.fromDue) != c.want || r.lane.record.FromDue.Count() != int64(c.want) {
			t.Errorf("%s: %d latencies, want %d", c.name, len(r.out.fromDue), c.want)
		}
	}
}

func TestUnsentCallsAreFaults(t *testing.T) {
	r := recorderAt(time.Now(), Mix{}, 10)
	if out := r.finish(); out.tally.Of(Fault) != 10 || out.tally.Answered() != 0 {
		t.Errorf("ten calls were due, none was sent: %d faults, %d answers", out.tally.Of(Fault), out.tally.Answered())
	}
}

// What is handed to a sink may be stored, so that nothing of the answer goes
// there but its status.
func TestASampleHoldsNothingOfTheAnswer(t *testing.T) {
	r := recorderAt(time.Now(), Mix{}, 10)
	var got Sample
	r.plan.Sink = func(s Sample) error { got = s; return nil }
	err := r.add(&vegeta.Result{Seq: 5, Code: 500, Timestamp: time.Now(), Error: "a secret", URL: "http://h/secret",
		Body: []byte("a secret"), Headers: http.Header{"Set-Cookie": {"a secret"}}})
	if err != nil || got.Status != 500 || strings.Contains(fmt.Sprintf("%+v", got), "secret") {
		t.Errorf("%+v, %v", got, err)
	}
}
