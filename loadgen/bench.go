package loadgen

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/revocheck/revocheck/loadgen/pace"
	"github.com/revocheck/revocheck/loadgen/stats"
)

// Sides are what a bench compares.
type Sides struct {
	Baseline, Subject *Side
	// Control is a second side that is equal to the baseline, for the noise
	// floor; nil uses the baseline itself.
	Control *Side
}

// ErrUnreachable means that a side gave no answer at all, before the run or
// for so long that going on would show nothing.
var ErrUnreachable = errors.New("target unreachable")

// ErrUnjudged means that a target's answers cannot be told apart by status, so
// that there is nothing to measure.
var ErrUnjudged = errors.New("answers cannot be judged")

// silence is how many slices in a row without an answer end a run.
const silence = 3

// bench is the state of one run.
type bench struct {
	plan   Plan
	lanes  [perRound]*lane
	order  interface{ Perm(int) []int }
	calls  uint64 // made so far
	began  time.Time
	pairs  []stats.Pair
	empty  int // rounds in which a side gave nothing to compare
	asked  int // rounds since the precision was last looked at
	result *Result
}

// Bench measures what the subject costs above the baseline. Rounds of one
// slice of each side, in random order, follow one another until the plan's
// duration is over, its precision is reached or the context ends.
//
// It returns a Result whenever at least one side could be loaded, together
// with an error that wraps ErrUnreachable when a side fell silent. A context
// that ends is no error: the Result says that it was cut short.
func Bench(ctx context.Context, p Plan, s Sides) (*Result, error) {
	b, err := newBench(p, s)
	if err != nil {
		return nil, err
	}
	if err := b.preflight(ctx); err != nil {
		return nil, err
	}
	err = b.warmUp(ctx)
	if err == nil {
		err = b.run(ctx)
	}
	return b.finish(ctx), b.verdict(ctx, err)
}

func newBench(p Plan, s Sides) (*bench, error) {
	asked := p.Slice
	p = p.WithDefaults()
	s.Control = s.control()
	for _, side := range []*Side{s.Baseline, s.Subject, s.Control} {
		if err := side.check(); err != nil {
			return nil, err
		}
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	b := &bench{plan: p, order: newOrder(p.Seed), result: newResult(p)}
	if asked > 0 && p.Slice > asked {
		b.result.Notes = append(b.result.Notes, fmt.Sprintf("slices of %s instead of %s: a slice holds at least %d calls, a run at most %d rounds",
			p.Slice.Round(time.Millisecond), asked, minCalls, MaxRounds))
	}
	b.lanes = [perRound]*lane{newLane(s.Baseline, p), newLane(s.Subject, p), newLane(s.Control, p)}
	return b, nil
}

// control is the second of two equal sides, under a name of its own.
func (s Sides) control() *Side {
	if s.Control == nil {
		s.Control = s.Baseline
	}
	if s.Control == nil || s.Baseline == nil || s.Control.Name != s.Baseline.Name {
		return s.Control
	}
	named := *s.Control
	named.Name += " (control)"
	return &named
}

func newResult(p Plan) *Result {
	return &Result{
		Schema: Schema, Kind: Kind, Started: time.Now().UTC(),
		Tool: Tool{Name: "revocheck", Go: runtime.Version(), OS: runtime.GOOS + "/" + runtime.GOARCH, CPUs: runtime.NumCPU()},
		Setup: Setup{Rate: p.Schedule.String(), DurationMs: stats.Millis(p.Duration), SliceMs: stats.Millis(p.Slice), Mix: p.Mix.String(),
			Seed: p.Seed, Storm: p.Storm, TimeoutMs: stats.Millis(p.Timeout), MaxInFlight: p.MaxInFlight, LateMs: stats.Millis(p.LateLimit)},
	}
}

// warmUp loads each side without recording, so that connections are open and
// caches are as full as they stay.
func (b *bench) warmUp(ctx context.Context) error {
	p := b.plan
	p.Sink, p.Slice = nil, p.WarmUp
	if p.WarmUp <= 0 {
		return nil
	}
	for _, l := range b.lanes {
		d := draws{seed: p.Seed, mix: p.Mix, base: b.calls, round: b.calls}
		b.calls += pace.Count(p.Schedule, p.Slice)
		if _, err := l.runSlice(ctx, p, d); err != nil {
			return err
		}
		l.record = SideRecord{Name: l.side.Name}
	}
	return nil
}

func (b *bench) run(ctx context.Context) error {
	b.began = time.Now()
	for ctx.Err() == nil && !b.over() {
		pair, usable, err := b.round(ctx)
		if err != nil {
			return err
		}
		if usable {
			b.pairs = append(b.pairs, pair)
		} else {
			b.empty++
		}
		if l := b.silentLane(); l != nil {
			return fmt.Errorf("%w: side %s gave no answer in %d slices in a row (%s)",
				ErrUnreachable, l.side.Name, silence, l.record.Tally.FaultSummary())
		}
		if b.preciseEnough() {
			return nil
		}
	}
	return nil
}

func (b *bench) over() bool {
	if b.plan.Rounds > 0 {
		return len(b.pairs)+b.empty >= b.plan.Rounds
	}
	return time.Since(b.began) >= b.plan.Duration
}

func (b *bench) silentLane() *lane {
	for _, l := range b.lanes {
		if l.unanswered >= silence {
			return l
		}
	}
	return nil
}
