package concurrency

import (
	"context"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var cacheFaults = []fault.Fault{
	{Name: "negative-cache", Summary: "Each replica remembers for 100 ms that a token was not revoked.", Plant: fault.Each(rememberLive(100 * time.Millisecond))},
	{Name: "positive-cache-5s", Summary: "Each replica serves a validated token from a cache for 5 s.", Plant: fault.Each(rememberLive(5 * time.Second))},
}

func rememberLive(d time.Duration) func(*gateway.Process) {
	return func(p *gateway.Process) {
		check, live := p.Check, &fault.Notes[time.Time]{}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			key := p.Key(c)
			if fault.Within(p.Now(), live.Get(key), d) {
				return nil
			}
			err := check(ctx, c)
			if err == nil {
				live.Put(key, p.Now())
			}
			return err
		}
	}
}
