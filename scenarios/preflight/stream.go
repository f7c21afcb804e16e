package preflight

import (
	"context"
	"fmt"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// compareStreams opens the routes whose answers are said to go on.
func (t Target) compareStreams(ctx context.Context, o *Observations) {
	for i, r := range t.Contract.Streams {
		s := RouteSeen{Key: r.Key(i), Route: r, liveToken: o.holders[0].live.Raw}
		s.without, s.notAToken = t.peek(ctx, r, ""), t.peek(ctx, r, notAToken)
		s.with = []wire.Answer{t.peek(ctx, r, s.liveToken)}
		s.Without, s.With = s.without.Status, s.live().Status
		if p := t.routeProblem(ctx, s); p.Seen != "" {
			o.problem(p)
			continue
		}
		o.problem(t.goesOn(ctx, s))
	}
}

// peek opens a stream with a token, none if it is empty, and gives the head of its
// answer.
func (t Target) peek(ctx context.Context, r contract.Route, raw string) wire.Answer {
	s, a := t.open(ctx, r, raw)
	if s != nil {
		s.Close()
	}
	return a
}

func (t Target) open(ctx context.Context, r contract.Route, raw string) (*wire.Stream, wire.Answer) {
	req := wire.CallOf(r)
	if raw != "" {
		req.Carry(t.Contract.Carrier, raw)
	}
	return t.Network.Open(ctx, req)
}

// goesOnFor is how long a stream is looked at: one that comes to its end by then, with
// less than two events apart, is none.
const goesOnFor = 2 * time.Second

func (t Target) goesOn(ctx context.Context, seen RouteSeen) Problem {
	s, a := t.open(ctx, seen.Route, seen.liveToken)
	if s == nil {
		return Problem{}
	}
	defer s.Close()
	for until := time.Now().Add(goesOnFor); len(s.Bursts()) < 2 && time.Now().Before(until); {
		if at, ended := s.Ended(); ended {
			return wrong(seen.Key+".stream", fmt.Sprintf("%s answers %d to a live token, and comes to its end after %s: it does not go on",
				seen.Route, a.Status, at.Sub(s.Opened).Round(time.Millisecond)), "leave stream out, or write the path of a stream")
		}
		if !wire.Pause(ctx, 5*time.Millisecond) {
			break
		}
	}
	return Problem{}
}
