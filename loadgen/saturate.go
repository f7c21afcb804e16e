package loadgen

import (
	"context"
	"fmt"
	"time"

	"github.com/revocheck/revocheck/loadgen/pace"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Search says how a saturation search goes. Zero fields take defaults.
type Search struct {
	From, To float64       // calls a second; default 100 and 50,000
	MaxP99   time.Duration // counted from the due time; default 20 ms
	Probe    time.Duration // how long a rate is held; default 3 s
	// Step ends the search when the rate is known to this part of itself;
	// default 5 %.
	Step float64
}

// Saturation is the highest rate that a side sustains.
type Saturation struct {
	Side   string  `json:"side"`
	Rate   float64 `json:"rate"`  // calls a second; 0 if not even the first rate held
	Limit  string  `json:"limit"` // what the next higher rate broke
	MaxP99 float64 `json:"max_p99_ms"`
	Probes []Probe `json:"probes"`
	// AtCeiling means that the highest rate of the search still held.
	AtCeiling bool `json:"at_ceiling,omitempty"`
}

// Probe is one rate that was tried.
type Probe struct {
	Rate   float64 `json:"rate"`
	Sent   float64 `json:"sent"` // calls a second that were really sent
	P99Ms  float64 `json:"p99_ms"`
	Faults uint64  `json:"faults"` // answers not as expected, and calls not sent
	Late   float64 `json:"late"`   // part of the calls that the generator itself sent late
	Held   bool    `json:"held"`
	Why    string  `json:"why,omitempty"`
}

// Saturate looks for the highest rate at which p99 stays under the bound and
// every answer is as expected: it doubles the rate until one fails, then
// halves the gap. A rate that fails is tried once more before it counts,
// since one stall of the machine must not end the search.
func Saturate(ctx context.Context, p Plan, s Search, side *Side) (*Saturation, error) {
	setDefault(&s.From, 100)
	setDefault(&s.To, 50_000)
	setDefault(&s.MaxP99, 20*time.Millisecond)
	setDefault(&s.Probe, 3*time.Second)
	setDefault(&s.Step, 0.05)
	if s.From <= 0 || s.To < s.From || s.To > pace.MaxRate || s.Step <= 0 {
		return nil, fmt.Errorf("a search from %g to %g calls a second in steps of %g has no meaning", s.From, s.To, s.Step)
	}
	b, err := newBench(p, Sides{Baseline: side, Subject: side})
	if err != nil {
		return nil, err
	}
	if err := b.preflight(ctx); err != nil {
		return nil, err
	}
	out := &Saturation{Side: side.Name, MaxP99: stats.Millis(s.MaxP99)}
	return out, b.climb(ctx, s, out)
}

func (b *bench) climb(ctx context.Context, s Search, out *Saturation) error {
	rate, fails := s.From, 0.0
	for {
		probe, err := b.holds(ctx, s, rate, out)
		if err != nil {
			return err
		}
		if probe.Held {
			out.Rate = rate
		} else {
			fails, out.Limit = rate, probe.Why
		}
		if rate = nextRate(s, out.Rate, fails); rate == 0 {
			out.AtCeiling = fails == 0
			return nil
		}
	}
}

// nextRate returns the rate to try when held is the highest that held and
// fails the lowest that did not (0 if none); 0 ends the search.
func nextRate(s Search, held, fails float64) float64 {
	switch {
	case held == 0: // even the first rate failed
		return 0
	case fails == 0 && held >= s.To:
		return 0
	case fails == 0:
		return min(2*held, s.To)
	case (fails-held)/held <= s.Step:
		return 0
	}
	return (held + fails) / 2
}

func (b *bench) holds(ctx context.Context, s Search, rate float64, out *Saturation) (Probe, error) {
	for range 2 {
		probe, err := b.probe(ctx, s, rate)
		if err != nil {
			return probe, err
		}
		out.Probes = append(out.Probes, probe)
		if probe.Held {
			return probe, nil
		}
	}
	return out.Probes[len(out.Probes)-1], nil
}

func (b *bench) probe(ctx context.Context, s Search, rate float64) (Probe, error) {
	p := b.plan
	p.Schedule, p.Slice = pace.Constant(rate), s.Probe
	d := draws{seed: p.Seed, mix: p.Mix, base: b.calls, round: b.calls}
	b.calls += pace.Count(p.Schedule, p.Slice)
	out, err := b.lanes[subject].runSlice(ctx, p, d)
	if err != nil {
		return Probe{Rate: rate}, err
	}
	probe := Probe{Rate: rate, Sent: float64(out.sent) / time.Since(out.began).Seconds(), Late: out.lateShare()}
	probe.Faults = out.tally.Calls() + out.tally.Unsent - out.tally.Of(AsExpect)
	if len(out.fromDue) > 0 {
		probe.P99Ms = stats.QuantilesOf(out.fromDue)[2]
	}
	probe.Why = whyNot(probe, s, out.tally)
	probe.Held = probe.Why == ""
	return probe, nil
}

func whyNot(p Probe, s Search, t Tally) string {
	switch {
	case p.Faults > 0 && t.FaultSummary() != "":
		return t.FaultSummary()
	case p.Faults > 0:
		return fmt.Sprintf("%d answers not as expected", p.Faults)
	case p.P99Ms > stats.Millis(s.MaxP99) && p.Late > LateShare:
		return fmt.Sprintf("p99 %s, with %.0f%% of the calls sent late by the generator itself", stats.MsText(p.P99Ms), 100*p.Late)
	case p.P99Ms > stats.Millis(s.MaxP99):
		return "p99 " + stats.MsText(p.P99Ms)
	}
	return ""
}
