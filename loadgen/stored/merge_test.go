package stored

import (
	"bytes"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"github.com/revocheck/revocheck/loadgen"
	"github.com/revocheck/revocheck/loadgen/pace"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// machine writes the stream of one machine: calls at a rate in two slices,
// with a pause between them as when the other side has its turn.
func machine(t *testing.T, start time.Time, rate float64, from, calls int) *bytes.Buffer {
	t.Helper()
	var out bytes.Buffer
	sink := StreamTo(&out)
	for slice := range 2 {
		for i := range calls {
			at := start.Add(time.Duration(slice)*time.Minute + pace.Constant(rate).At(uint64(i)))
			s := loadgen.Sample{Side: "denylist", Class: loadgen.Live, Outcome: loadgen.AsExpect, Status: 200, Number: uint64(i), SentAt: at,
				Latency: time.Duration(from+i) * time.Microsecond, Late: time.Millisecond, Slice: uint64(slice), Counts: true}
			if i == 0 {
				s.Class, s.Outcome, s.Counts = loadgen.Revoked, loadgen.Leak, false
			}
			if err := sink(s); err != nil {
				t.Fatal(err)
			}
		}
	}
	return &out
}

func TestTwoMachinesMergeToTheSumOfTheirRates(t *testing.T) {
	start := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	m, err := Merge(machine(t, start, 300, 1000, 300), machine(t, start.Add(5*time.Millisecond), 700, 2000, 700))
	if err != nil {
		t.Fatal(err)
	}
	s := m.Sides[0]
	if math.Abs(s.Rate-1000) > 1 {
		t.Errorf("300/s and 700/s merge to %.1f/s", s.Rate)
	}
	if s.Tally.Calls() != 2000 || s.Tally.Of(loadgen.Leak) != 4 {
		t.Errorf("%d calls with %d leaks, want 2000 with 4", s.Tally.Calls(), s.Tally.Of(loadgen.Leak))
	}
	// 299 of 1 to 1.3 ms and 699 of 2 to 2.7 ms, each 1 ms late and twice.
	if got, want := s.FromDue.At(0.5), 3200*time.Microsecond; (got - want).Abs() > want/200 {
		t.Errorf("p50 of all is %s, want %s", got, want)
	}
	if s.FromDue.Count() != 1996 {
		t.Errorf("%d latencies count, want 1996", s.FromDue.Count())
	}
}

// What one machine would have recorded of all calls, two streams that share
// them give too.
func TestMergedFiguresAreThoseOfOneMachine(t *testing.T) {
	start := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	one, err := Merge(machine(t, start, 500, 1000, 400))
	if err != nil {
		t.Fatal(err)
	}
	two, err := Merge(machine(t, start, 500, 1000, 400), machine(t, start, 500, 1000, 400))
	if err != nil {
		t.Fatal(err)
	}
	for _, q := range stats.Quantiles {
		if one.Sides[0].FromDue.At(q) != two.Sides[0].FromDue.At(q) {
			t.Errorf("quantile %g: %s alone, %s merged with its like", q, one.Sides[0].FromDue.At(q), two.Sides[0].FromDue.At(q))
		}
	}
	if math.Abs(two.Sides[0].Rate-2*one.Sides[0].Rate) > 1 {
		t.Errorf("rates: %g alone, %g merged", one.Sides[0].Rate, two.Sides[0].Rate)
	}
}

func TestVegetaReadsTheStreams(t *testing.T) {
	stream := machine(t, time.Now(), 100, 1000, 50)
	var m vegeta.Metrics
	decode := vegeta.DecoderFor(stream)
	for {
		var r vegeta.Result
		if err := decode(&r); err != nil {
			break
		}
		m.Add(&r)
	}
	if m.Close(); m.Requests != 100 || m.StatusCodes["200"] != 100 {
		t.Errorf("vegeta reads %d requests: %v", m.Requests, m.StatusCodes)
	}
}

func TestMergeRefuses(t *testing.T) {
	good := machine(t, time.Now(), 100, 1000, 50).Bytes()
	var foreign bytes.Buffer
	if err := vegeta.NewEncoder(&foreign)(&vegeta.Result{Code: 200}); err != nil {
		t.Fatal(err)
	}
	for name, streams := range map[string][]io.Reader{
		"no stream":           nil,
		"an empty stream":     {bytes.NewReader(nil)},
		"some text":           {strings.NewReader("not results")},
		"another tool's":      {&foreign},
		"a stream cut short":  {bytes.NewReader(good[:len(good)-7])},
		"one damaged of two":  {bytes.NewReader(good), bytes.NewReader(good[:len(good)/2+3])},
		"an empty one of two": {bytes.NewReader(good), bytes.NewReader(nil)},
	} {
		if _, err := Merge(streams...); err == nil {
			t.Errorf("%s is merged without an error", name)
		}
	}
}
