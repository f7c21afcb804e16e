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
