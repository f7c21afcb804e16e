package session

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var streamFaults = []fault.Fault{
	{Name: "stream-checked-when-opened", Summary: "A stream is checked when it is opened, and then goes on whatever becomes of its token.", Adjust: streams, Plant: fault.Each(neverAsk)},
	{Name: "stream-ended-by-own-replica", Summary: "A logout ends the streams that its own replica knows of; those at other replicas go on.", Adjust: streams, Plant: fault.Each(askMemory)},
	{
		Name: "stream-asks-once-a-minute", Summary: "A stream asks about its token once a minute, and says that it does so every 100 ms.",
		Adjust: func(cfg *gateway.Config) { streams(cfg); cfg.StreamWindow = 100 * time.Millisecond }, Plant: fault.Each(askRarely),
	},
	{Name: "logout-ends-all-streams", Summary: "A logout ends every stream of its replica, whoever's it is.", Adjust: streams, Plant: fault.Each(endAll)},
	{Name: "stream-resumed-unchecked", Summary: "A stream that is resumed, with Last-Event-ID, is taken for one that was checked before.", Adjust: streams, Plant: fault.Each(resume)},
	{Name: "stream-asks-late", Summary: "A stream is opened for any token that verifies; one that was dead already is asked about after the tenth event.", Adjust: streams, Plant: fault.Each(askLate)},
}

func streams(cfg *gateway.Config) { cfg.Streams = true }

func neverAsk(p *gateway.Process) {
	p.Watch = func(*gateway.Call) func(context.Context) error {
		return func(context.Context) error { return nil }
	}
}

func askMemory(p *gateway.Process) {
	end, own := p.End, &fault.Notes[bool]{}
	p.End = func(ctx context.Context, c *gateway.Call) error {
		own.Put(p.Key(c), true)
		return end(ctx, c)
	}
	p.Watch = func(c *gateway.Call) func(context.Context) error {
		return func(context.Context) error {
			if own.Get(p.Key(c)) {
				return gateway.ErrRevoked
			}
			return nil
		}
	}
}

func askRarely(p *gateway.Process) {
	p.Watch = func(c *gateway.Call) func(context.Context) error {
		last := time.Now()
		return func(ctx context.Context) error {
			if time.Since(last) < time.Minute {
				return nil
			}
			last = time.Now()
			return p.Check(ctx, c)
		}
	}
}

func endAll(p *gateway.Process) {
	end, logouts := p.End, &fault.Notes[int]{}
	p.End = func(ctx context.Context, c *gateway.Call) error {
		fault.Count(logouts, "")
		return end(ctx, c)
	}
	p.Watch = func(c *gateway.Call) func(context.Context) error {
		before, ask := logouts.Get(""), p.WatchToken(c)
		return func(ctx context.Context) error {
			if logouts.Get("") != before {
				return gateway.ErrRevoked
			}
			return ask(ctx)
		}
	}
}

func resume(p *gateway.Process) {
	watch := p.Watch
	resumed := func(c *gateway.Call) bool {
		return c.Request != nil && c.Request.URL.Path == gateway.StreamPath && c.Request.Header.Get("Last-Event-ID") != ""
	}
	admit := p.Admit
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		c, err := admit(r)
		if errors.Is(err, gateway.ErrRevoked) && c != nil && resumed(c) {
			return c, nil
		}
		return c, err
	}
	p.Watch = func(c *gateway.Call) func(context.Context) error {
		if resumed(c) {
			return func(context.Context) error { return nil }
		}
		return watch(c)
	}
}

// late is after how many events a stream asks about a token that was dead already.
const late = 10

func askLate(p *gateway.Process) {
	admit, watch := p.Admit, p.Watch
	p.Admit = func(r *http.Request) (*gateway.Call, error) {
		c, err := admit(r)
		if errors.Is(err, gateway.ErrRevoked) && c != nil && r.URL.Path == gateway.StreamPath {
			return c, nil
		}
		return c, err
	}
	p.Watch = func(c *gateway.Call) func(context.Context) error {
		ask, sent := watch(c), 0
		if p.Check(context.Background(), c) == nil {
			return ask
		}
		return func(ctx context.Context) error {
			if sent++; sent <= late {
				return nil
			}
			return ask(ctx)
		}
	}
}
