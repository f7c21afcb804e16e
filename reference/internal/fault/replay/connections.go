package replay

import (
	"context"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

var connectionFaults = []fault.Fault{
	{Name: "connection-cached", Summary: "A token once accepted on a connection stays accepted on it.", Plant: fault.Each(trustConnection)},
	{Name: "new-connection-unchecked", Summary: "The first call of a connection is not checked for revocation.", Plant: fault.Each(trustFirstCall)},
	{Name: "one-connection-in-20-unchecked", Summary: "Every twentieth connection leads to a process that does not check for revocation.", Plant: fault.Each(missConnections)},
	{Name: "http2-unchecked", Summary: "Revocation is not checked over HTTP/2.", Plant: fault.Unchecked(func(c *gateway.Call) bool { return c.Request.ProtoMajor >= 2 })},
	{Name: "http10-unchecked", Summary: "Revocation is not checked for requests of HTTP/1.0.", Plant: fault.Unchecked(oldVersion)},
}

func trustConnection(p *gateway.Process) {
	check, accepted := p.Check, &fault.Notes[bool]{}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		key := c.Request.RemoteAddr + " " + p.Key(c)
		if accepted.Get(key) {
			return nil
		}
		err := check(ctx, c)
		accepted.Put(key, err == nil)
		return err
	}
}

func trustFirstCall(p *gateway.Process) {
	check, calls := p.Check, &fault.Notes[int]{}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		if fault.Count(calls, c.Request.RemoteAddr) == 1 {
			return nil
		}
		return check(ctx, c)
	}
}

func oldVersion(c *gateway.Call) bool { return !c.Request.ProtoAtLeast(1, 1) }

func missConnections(p *gateway.Process) {
	check, connections := p.Check, &fault.Numbering{}
	p.Check = func(ctx context.Context, c *gateway.Call) error {
		if connections.Of(c.Request.RemoteAddr)%20 == 0 {
			return nil
		}
		return check(ctx, c)
	}
}
