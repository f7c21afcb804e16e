package simulation

import (
	"context"
	"runtime"
	"sync"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
	"github.com/revocheck/revocheck/loadgen/simulation/world"
)

// Options are those of a run. They change nothing of what it finds.
type Options struct {
	// Parallel is how many worlds are played at once; 0 is one a core.
	Parallel int
	// Progress is told, now and then and by several goroutines, the share of the
	// work that is done.
	Progress func(share float64)
	// Sensitivity asks for what each setting does.
	Sensitivity bool
}

// Make makes the strategies that a workload lists.
type Make func(*workload.Workload) ([]Strategy, error)

// Run simulates each strategy under the workload. When the context ends before
// it has finished, the study is partial: it holds the replications that every
// strategy has finished. An error is of a strategy that cannot be made.
func Run(ctx context.Context, w *workload.Workload, strategies Make, o Options) (*outcome.Study, error) {
	all, err := strategies(w)
	if err != nil {
		return nil, err
	}
	r := newRun(w, all, o.Progress)
	if err := r.play(ctx, o.Parallel); err != nil {
		return nil, err
	}
	s := r.study()
	if o.Sensitivity && !s.Partial {
		if s.Sensitivity, err = Sensitivity(ctx, w, strategies, o); err == nil && ctx.Err() != nil {
			s.Partial, s.Why = true, "interrupted before the sensitivity"
		}
	}
	return s, err
}

func newRun(w *workload.Workload, strategies []Strategy, progress func(float64)) *run {
	r := &run{work: w, strategies: strategies, done: newProgress(len(strategies)*w.Replications, w.Span.Seconds(), progress)}
	r.tallies = make([][]*world.Tally, len(strategies))
	for i := range r.tallies {
		r.tallies[i] = make([]*world.Tally, w.Replications)
	}
	return r
}

// run is one at work. Each tally has a place of its own, so that what comes out
// does not depend on which world ended first.
type run struct {
	work       *workload.Workload
	strategies []Strategy
	tallies    [][]*world.Tally // by strategy and replication; nil if not finished
	done       *progress

	mu    sync.Mutex
	next  int
	wrong error
}

func (r *run) play(ctx context.Context, parallel int) error {
	if parallel <= 0 {
		parallel = runtime.GOMAXPROCS(0)
	}
	var workers sync.WaitGroup
	for range parallel {
		workers.Go(func() {
			for ctx.Err() == nil {
				replication, strategy, ok := r.take()
				if !ok {
					return
				}
				r.playOne(ctx, replication, strategy)
			}
		})
	}
	workers.Wait()
	return r.wrong
}

// take gives the next world to play: a replication of all strategies before the
// next one, so that an early end leaves whole replications.
func (r *run) take() (replication, strategy int, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	at := r.next
	r.next++
	if r.wrong != nil || at >= len(r.strategies)*r.work.Replications {
		return 0, 0, false
	}
	return at / len(r.strategies), at % len(r.strategies), true
}

func (r *run) playOne(ctx context.Context, replication, strategy int) {
	s := r.strategies[strategy]
	one, err := world.New(r.work, world.Options{
		Seed: r.work.Seed, Replication: replication, Lifetime: s.Lifetime, Open: s.Open, UserScope: s.Scope == ScopeUser, New: s.New,
	})
	if err != nil {
		r.mu.Lock()
		r.wrong = err
		r.mu.Unlock()
		return
	}
	one.Progress = r.done.of(replication*len(r.strategies) + strategy)
	if tally, err := one.Run(ctx); err == nil {
		r.tallies[strategy][replication] = tally
	}
}

// finished is how many replications every strategy has finished, from the first
// on.
func (r *run) finished() int {
	for replication := range r.work.Replications {
		for _, of := range r.tallies {
			if of[replication] == nil {
				return replication
			}
		}
	}
	return r.work.Replications
}
