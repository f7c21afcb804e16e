package scenarios_test

import (
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"golang.org/x/time/rate"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/handler"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

// permits counts what asked to be sent.
type permits struct{ n atomic.Int64 }

func (p *permits) Wait(context.Context) error {
	p.n.Add(1)
	return nil
}

// counted is the reference gateway with a count of what comes to it.
func counted(t *testing.T) (target *handler.Target, came *atomic.Int64) {
	t.Helper()
	made, err := inprocess.New(reference.Config{Strategy: "denylist", Store: "memory"}, 2)
	if err != nil {
		t.Fatal(err)
	}
	target, came = &made.Target, &atomic.Int64{}
	count := func(h http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			came.Add(1)
			h.ServeHTTP(w, r)
		})
	}
	start := target.Start
	target.Start = func() (handler.Gateway, error) {
		g, err := start()
		for i, h := range g.Replicas {
			g.Replicas[i] = count(h)
		}
		if g.Backend != nil {
			g.Backend = count(g.Backend)
		}
		if grow := g.NewReplica; grow != nil {
			g.NewReplica = func() (http.Handler, error) { h, err := grow(); return count(h), err }
		}
		return g, err
	}
	return target, came
}

// TestEveryRequestWaitsForThePace: whatever a scenario does, hammer, storm or
// respell, each of its requests has waited for its turn, so that the rate of
// the contract holds for all of them; and the dry run has foretold about as
// many.
func TestEveryRequestWaitsForThePace(t *testing.T) {
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		t.Run(s.ID, func(t *testing.T) {
			t.Parallel()
			target, came := counted(t)
			asked := &permits{}
			o := scenarios.Options{Profile: s.Widest(), Only: []string{s.ID}}
			planned := foretold(t, target, all, o)
			if _, err := scenarios.Run(t.Context(), target, all, scenarios.WithPace(o, asked)); err != nil {
				t.Fatal(err)
			}
			if came.Load() > asked.n.Load() {
				t.Errorf("%d requests came, %d waited for their turn", came.Load(), asked.n.Load())
			}
			if why := unforeseen(s.ID); why == "" && came.Load() > planned {
				t.Errorf("%d requests came, %d were foretold", came.Load(), planned)
			}
		})
	}
}

// unforeseen says why a scenario may send more than its dry run has it; empty
// for all but a few.
func unforeseen(id string) string {
	group, _, _ := strings.Cut(id, "/")
	switch {
	case id == "concurrency/leak-window", id == "cluster/propagation-time", id == "resilience/store-slow":
		return "it calls for as long as a time lasts"
	case group == "respelling":
		return "it goes on with those spellings that a live token is accepted in"
	}
	return ""
}

func foretold(t *testing.T, target scenarios.Target, all []scenarios.Scenario, o scenarios.Options) (calls int64) {
	t.Helper()
	list, err := scenarios.DryRun(target, all, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range append(scenarios.PreflightPlan(target, scenarios.Wire), list[0].Requests...) {
		if r.To == scenarios.Gateway {
			calls += int64(r.Count)
		}
	}
	return calls
}

func TestTheContractsRateIsThePace(t *testing.T) {
	target, _ := counted(t)
	target.Declares.Limits.Rate = 2.5
	l, ok := scenarios.PaceOf(target).(*rate.Limiter)
	if !ok || l.Limit() != 2.5 || l.Burst() != 1 {
		t.Errorf("the pace is %+v", l)
	}
	target.Declares.Limits.Rate = 0
	if p := scenarios.PaceOf(target); p != nil {
		t.Errorf("without a rate the pace is %+v", p)
	}
}
