// Package realredis puts Redis servers that can be broken under the reference
// gateway.
package realredis

import (
	"context"
	"errors"
	"time"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/reference"
)

// patience bounds one thing that is done to a server, such as a failover.
const patience = 30 * time.Second

// Outside tells a target what can be done to a server that was started with
// the options, and what a logout survives that waited for so many replicas.
func Outside(s *redisserver.Server, o redisserver.Options, waitReplicas int) reference.Outside {
	return reference.Outside{Powers: powers(s, o), Survives: survives(o, waitReplicas)}
}

func survives(o redisserver.Options, waitReplicas int) []scenarios.Event {
	var events []scenarios.Event
	if o.URL != "" {
		return nil
	}
	if o.Persistence != redisserver.None {
		events = append(events, scenarios.RestartEvent)
	}
	if waitReplicas > 0 {
		events = append(events, scenarios.FailoverEvent)
	}
	if o.Policy == "" || o.Policy == "noeviction" {
		events = append(events, scenarios.EvictionEvent)
	}
	return events
}

// powers are those that the topology allows: behind a Sentinel a server that
// is cut off or killed is replaced, so there it is failover that can be had.
func powers(s *redisserver.Server, o redisserver.Options) scenarios.StorePowers {
	p := scenarios.StorePowers{MendStore: func() error { return mend(s, o) }}
	if o.MaxMemory != "" && o.Topology == redisserver.Single {
		p.FillStore = func() error { return bounded(s.Fill) }
	}
	if o.Topology == redisserver.Sentinel {
		p.FailOverStore = func() error { return bounded(s.FailOver) }
		return p
	}
	if o.URL == "" {
		p.RestartStore = func() error { return bounded(restart(s)) }
	}
	if o.Proxied {
		p.BreakStore = func() error { return links(s, (*redisserver.Link).Refuse) }
		p.ResetStore = func() error { return links(s, (*redisserver.Link).Reset) }
		p.SlowStore = func(by time.Duration) error {
			return links(s, func(l *redisserver.Link) error { return l.Delay(by) })
		}
	}
	return p
}

func bounded(do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return do(ctx)
}

func links(s *redisserver.Server, do func(*redisserver.Link) error) error {
	var errs []error
	for _, n := range s.Nodes() {
		errs = append(errs, do(n.Link))
	}
	return errors.Join(errs...)
}

func mend(s *redisserver.Server, o redisserver.Options) error {
	if o.Proxied {
		if err := links(s, (*redisserver.Link).Heal); err != nil {
			return err
		}
	}
	if o.MaxMemory != "" && o.Topology == redisserver.Single {
		if err := bounded(s.Drain); err != nil {
			return err
		}
	}
	return bounded(s.Ready)
}

// restart kills every server and starts it with what is on its disk.
func restart(s *redisserver.Server) func(context.Context) error {
	return func(ctx context.Context) error {
		for _, n := range s.Nodes() {
			if err := errors.Join(n.Kill(ctx), n.Restart(ctx)); err != nil {
				return err
			}
		}
		return s.Ready(ctx)
	}
}
