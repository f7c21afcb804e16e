package scenarios

import (
	"slices"
	"testing"
	"time"
)

func TestADistributionIsToldByItsQuantiles(t *testing.T) {
	var measured []time.Duration
	for i := range 100 {
		measured = append(measured, time.Duration(100-i)*time.Millisecond)
	}
	p := &Play{}
	p.Distribution("window", measured, "of the gateway")
	var got []string
	for _, n := range p.record.Numbers {
		got = append(got, n.String())
	}
	want := []string{
		"window p50 50 ms (of 100, of the gateway)", "window p95 95 ms (of 100, of the gateway)",
		"window max 100 ms (of 100, of the gateway)",
	}
	if !slices.Equal(got, want) {
		t.Errorf("it says %q, want %q", got, want)
	}
	if measured[0] != 100*time.Millisecond {
		t.Error("what was measured has been sorted in place")
	}
}

func TestADistributionOfOneAndOfNone(t *testing.T) {
	p := &Play{}
	p.Distribution("window", nil, "")
	if len(p.record.Numbers) > 0 {
		t.Errorf("nothing was measured, and it says %v", p.record.Numbers)
	}
	p.Distribution("window", []time.Duration{time.Second}, "")
	for _, n := range p.record.Numbers {
		if n.Value != 1000 {
			t.Errorf("%s of one second", n)
		}
	}
}

func TestUpperBoundOfASample(t *testing.T) {
	for _, c := range []struct {
		n           int
		least, most float64
	}{{0, 1, 1}, {1, 0.9499, 0.9501}, {300, 0.0099, 0.0100}, {500, 0.0059, 0.0060}} {
		if got := upperBound(c.n); got < c.least || got > c.most {
			t.Errorf("a sample of %d bounds the rate by %f, not between %f and %f", c.n, got, c.least, c.most)
		}
	}
}
