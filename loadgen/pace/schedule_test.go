package pace

import (
	"math"
	"testing"
	"time"
)

const ms = time.Millisecond

func TestSchedulesAreDueInOrder(t *testing.T) {
	for _, s := range []Schedule{Constant(700), Ramp{100, 900, time.Second}, Ramp{900, 100, time.Second},
		Ramp{500, 500, time.Second}, Steps{[]float64{100, 400, 50}, time.Second / 3}} {
		last := time.Duration(-1)
		for n := range uint64(2000) {
			at := s.At(n)
			if at <= last {
				t.Fatalf("%s: call %d is due at %s, after one due at %s", s, n, at, last)
			}
			last = at
		}
	}
}

func TestDueTimes(t *testing.T) {
	steps := Steps{[]float64{10, 100}, time.Second}
	for _, c := range []struct {
		s    Schedule
		n    uint64
		want time.Duration
	}{
		{Constant(1000), 0, 0},
		{Constant(1000), 250, 250 * ms},
		{Constant(3), 3, time.Second},
		{steps, 5, 500 * ms},
		{steps, 10, time.Second},
		{steps, 60, 1500 * ms},
		{steps, 210, 3 * time.Second},               // the last rate stays
		{Ramp{0.1, 100, time.Second}, 50, 999 * ms}, // half the final rate on average: all but done
		{Ramp{100, 300, time.Second}, 200, time.Second},
		{Ramp{100, 300, time.Second}, 500, 2 * time.Second},
	} {
		if got := c.s.At(c.n); (got - c.want).Abs() > 2*ms {
			t.Errorf("%s: call %d is due at %s, want %s", c.s, c.n, got, c.want)
		}
	}
}

// The rate that a schedule claims is the number of calls that fall due.
func TestMeanRateCountsTheCalls(t *testing.T) {
	slice := 800 * ms
	for _, s := range []Schedule{Constant(1000), Ramp{100, 900, time.Second}, Ramp{2000, 10, 300 * ms},
		Steps{[]float64{100, 4000, 50}, 200 * ms}} {
		var due float64
		for n := uint64(0); s.At(n) < slice; n++ {
			due++
		}
		if want := s.Mean(slice) * slice.Seconds(); math.Abs(due-want) > 1 {
			t.Errorf("%s: %g calls are due, the mean rate says %g", s, due, want)
		}
		if got := Count(s, slice); float64(got) != due {
			t.Errorf("%s: Count says %d, %g are due", s, got, due)
		}
	}
}

func TestParseSchedule(t *testing.T) {
	for _, text := range []string{"1000", "0.5", "100..2000", "500,1000,2000"} {
		s, err := Parse(text, time.Second)
		if err != nil || s.String() != text {
			t.Errorf("Parse(%q) = %v, %v", text, s, err)
		}
	}
	for _, text := range []string{"", "0", "-1", "x", "1..", "..1", "1,,2", "NaN", "1e9", "Inf"} {
		if s, err := Parse(text, time.Second); err == nil {
			t.Errorf("Parse(%q) = %v; want an error", text, s)
		}
	}
}

func FuzzParseSchedule(f *testing.F) {
	f.Add("1000", uint64(7))
	f.Add("1..100", uint64(1<<40))
	f.Add("1,2,3", uint64(9))
	f.Add(".1", uint64(1<<32-1)) // due beyond what a Duration holds
	f.Add("0.001..0.001", uint64(1<<32-1))
	f.Add("0.001,0.001", uint64(1<<32-1))
	f.Fuzz(func(t *testing.T, text string, n uint64) {
		s, err := Parse(text, time.Second)
		if err != nil {
			return
		}
		n %= 1 << 32
		if at, next := s.At(n), s.At(n+1); at < 0 || next < at {
			t.Errorf("%q: call %d at %s, the next at %s", text, n, at, next)
		}
	})
}
