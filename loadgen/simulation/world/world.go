package world

import (
	"context"
	"math"
	"time"

	"github.com/revocheck/revocheck/loadgen/simulation/queue"
	"github.com/revocheck/revocheck/loadgen/simulation/stream"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
)

// World is one replication of one strategy.
type World struct {
	settings
	clock    *Clock
	streams  *stream.Streams
	queue    queue.Radix
	day      *day
	decider  Decider
	sessions []session
	thefts   []theft
	token    Token // the one that is shown at the moment

	live   int // sessions
	now    *Slot
	slot   int
	reads  uint64 // that were counted before this slot
	writes uint64
	tally  Tally
	down   int // outages that last
	// Progress is told of the virtual time that has passed, in seconds.
	Progress func(seconds float64)
}

// settings are a workload in the units of the loop.
type settings struct {
	work      *workload.Workload
	life      int64 // seconds
	leeway    int64 // nanoseconds
	span      int64 // nanoseconds
	length    int64 // of a slot, nanoseconds
	devices   uint64
	regions   int
	rate      float64 // of calls and endings of a session, a second
	ending    float64 // the share of endings among them
	calls     float64 // a second
	session   float64 // seconds
	forget    float64
	roam      float64
	share     float64
	perHour   float64
	every     float64 // nanoseconds
	after     workload.Law
	from      string
	atExpiry  bool
	userScope bool
}

// The kinds of events, in the order of those that are due at one instant.
const (
	sample uint64 = iota
	event         // of the workload
	user
	probe
	replay
)

// The bits of a reference from this one on say what happens, those below to whom.
const kindAt = 56

// Options are those of one replication.
type Options struct {
	Seed        uint64
	Replication int
	// Lifetime and Open are those of the strategy.
	Lifetime  time.Duration
	Open      bool
	UserScope bool // a logout ends all sessions of its user
	// New makes the strategy on the world's site.
	New func(Site) (Decider, error)
}

// New makes a world. Its error is the strategy's.
func New(w *workload.Workload, o Options) (*World, error) {
	world := &World{
		settings: settingsOf(w, o), clock: &Clock{}, streams: stream.New(o.Seed, o.Replication), day: newDay(w.Users),
	}
	decider, err := o.New(world.site(o))
	if err != nil {
		return nil, err
	}
	world.decider = decider
	world.sessions = make([]session, int(math.Round(w.Users.Count/w.Sample))*w.Users.Devices)
	world.tally.Slots = make([]Slot, (world.span+world.length-1)/world.length)
	world.tally.Slot = float64(world.length) / 1e9
	world.now = &Slot{}
	return world, nil
}

func settingsOf(w *workload.Workload, o Options) settings {
	end, calls := 1/w.Users.Session.Seconds(), w.Users.Calls/60
	return settings{
		work: w, life: int64(o.Lifetime / time.Second), leeway: int64(w.Tokens.Leeway), span: int64(w.Span), length: int64(SlotOf(w.Span)),
		devices: uint64(w.Users.Devices), regions: w.Regions.Count,
		rate: end + calls, ending: end / (end + calls), calls: calls, session: w.Users.Session.Seconds(), forget: w.Users.Forget, roam: w.Regions.Roam,
		share: w.Thieves.Share, perHour: w.Thieves.PerHour, every: float64(w.Thieves.Every), after: w.Thieves.After, from: w.Thieves.From,
		atExpiry: w.Tokens.Renew == workload.AtExpiry, userScope: o.UserScope,
	}
}

// SlotOf is the length of the slots of a run: 150 of them at most.
func SlotOf(span time.Duration) time.Duration {
	for _, length := range []time.Duration{
		time.Second, 10 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute, 10 * time.Minute, 30 * time.Minute, time.Hour, 6 * time.Hour,
	} {
		if span <= 150*length {
			return length
		}
	}
	return 4 * 24 * time.Hour
}

// site is where the strategy runs.
func (w *World) site(o Options) Site {
	s := Site{
		Clock: w.clock, Regions: w.regions, Leeway: w.work.Tokens.Leeway, Open: o.Open, Network: newNetwork(w.work, w.streams),
		Most: int(math.Ceil(w.work.Store.Entries / w.work.Sample)),
	}
	for _, e := range w.work.Events {
		s.Recent = max(s.Recent, e.FailOver)
	}
	if chance := w.work.Store.Latency.Beyond(w.work.Store.Timeout); chance > 0 && !w.work.Store.Latency.Zero() {
		uses := uint64(0)
		s.Fails = func() bool {
			uses++
			return w.streams.Unit(0, stream.Storage, uses) < chance
		}
	}
	return s
}

// midnight is a time in seconds after midnight.
func (w *World) midnight(at int64) float64 { return float64(at)/1e9 + w.work.Start.Seconds() }

// counting tells whether the run has begun and not ended.
func (w *World) counting() bool { return w.clock.now >= 0 && w.clock.now < w.span }

func (w *World) push(at int64, who, kind uint64) {
	if at >= w.span && kind == user {
		return // nobody asks what users do after the end
	}
	w.queue.Push(queue.Event{At: at, Ref: kind<<kindAt | who})
}

// often is after how many events it is looked whether to stop.
const often = 1 << 14

// Run lets the time pass. After the end of the span only thieves go on, until
// each stolen token is dead. If the context ends before, there is no tally: what
// was counted so far would have the thieves in it who ended early.
func (w *World) Run(ctx context.Context) (*Tally, error) {
	w.Begin()
	if err := w.Play(ctx, math.MaxUint64); err != nil {
		return nil, err
	}
	for i := range w.thefts {
		w.tally.Thefts = append(w.tally.Thefts, w.thefts[i].Theft)
	}
	return &w.tally, nil
}

// Begin has everything as it is at the start.
func (w *World) Begin() {
	w.begin()
	w.plan()
	w.reads, w.writes = w.decider.Uses()
	w.now = &w.tally.Slots[0]
}

// Play lets so many events happen, or all that there are.
func (w *World) Play(ctx context.Context, events uint64) error {
	for ; w.queue.Len() > 0 && events > 0; events-- {
		e := w.queue.Pop()
		w.clock.now = e.At
		w.tally.Events++
		w.do(e.Ref>>kindAt, e.Ref&(1<<kindAt-1))
		if w.tally.Events%often == 0 {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if w.Progress != nil {
				w.Progress(float64(min(w.clock.now, w.span)) / 1e9)
			}
		}
	}
	return nil
}

// Live is how many sessions there are.
func (w *World) Live() int { return w.live }

func (w *World) do(kind, who uint64) {
	switch kind {
	case user:
		w.touch(who)
	case probe:
		w.probe(int(who))
	case replay:
		w.replay(int(who))
	case sample:
		w.endSlot()
	case event:
		w.happen(int(who))
	}
}
