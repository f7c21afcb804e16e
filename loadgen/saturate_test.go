package loadgen

import (
	"context"
	"errors"
	"testing"
	"time"
)

// The search is tried on targets whose capacity is known.
func TestSearchFindsTheCapacity(t *testing.T) {
	s := Search{From: 100, To: 50_000, Step: 0.05}
	for _, capacity := range []float64{100, 130, 1234, 9000, 49_000} {
		held, fails, probes := 0.0, 0.0, 0
		for rate := s.From; rate != 0; rate = nextRate(s, held, fails) {
			if rate <= capacity {
				held = rate
			} else {
				fails = rate
			}
			if probes++; probes > 30 {
				t.Fatalf("capacity %g: the search does not end", capacity)
			}
		}
		if held > capacity || capacity > held*1.051 {
			t.Errorf("capacity %g: found %g", capacity, held)
		}
	}
}

func TestSearchOfATargetThatHoldsAll(t *testing.T) {
	out, err := Saturate(t.Context(), shortPlan(), Search{From: 100, To: 400, Probe: 50 * time.Millisecond, MaxP99: time.Minute}, side("a", sound))
	if err != nil || !out.AtCeiling || out.Rate != 400 {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestSearchOfATargetThatHoldsNothing(t *testing.T) {
	out, err := Saturate(t.Context(), shortPlan(), Search{Probe: 50 * time.Millisecond, MaxP99: time.Minute}, side("a", refusedAfter(12)))
	if err != nil || out.Rate != 0 || out.Limit == "" || len(out.Probes) != 2 {
		t.Errorf("%+v, %v", out, err)
	}
}

func TestSearchRefusesNonsense(t *testing.T) {
	for _, s := range []Search{{From: -1}, {From: 10, To: 5}, {To: 1e9}, {Step: -1}} {
		if _, err := Saturate(t.Context(), shortPlan(), s, side("a", sound)); err == nil {
			t.Errorf("%+v is searched", s)
		}
	}
}

func TestSweepKeepsThePointsBeforeAnError(t *testing.T) {
	undone := 0
	p := shortPlan()
	p.Rounds = 1
	s, err := RunSweep(t.Context(), p, "replicas", []int{1, 2, 3}, func(_ context.Context, x int) (Sides, float64, func(), error) {
		if x == 3 {
			return Sides{}, 0, nil, errors.New("no third")
		}
		return Sides{Baseline: side("a", sound), Subject: side("b", sound)}, 7, func() { undone++ }, nil
	})
	if err == nil || len(s.Points) != 2 || undone != 2 || s.Points[1].X != 2 || s.Points[0].BytesEach != 7 {
		t.Errorf("%+v, %v, undone %d", s, err, undone)
	}
}
