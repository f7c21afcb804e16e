package session

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
)

// keptFor is how long an introspection keeps an answer that says it keeps none for so
// long.
const keptFor = time.Minute

var introspectionFaults = []fault.Fault{
	{
		Name: "introspection-goes-by-exp", Summary: "The introspection verifies a token and looks into no store: it is active until exp.",
		Adjust: introspects, Plant: fault.Each(activeUntilExp),
	},
	{
		Name: "introspection-kept-too-long", Summary: "The introspection keeps for a minute that a token is active, and says that it does so for 100 ms.",
		Adjust: func(cfg *gateway.Config) { introspects(cfg); cfg.IntrospectionWindow = 100 * time.Millisecond },
		Plant:  fault.Each(func(p *gateway.Process) { p.Active = p.KeepActive(keptFor) }),
	},
	{
		Name: "introspection-kept-by-replica", Summary: "Each replica's introspection keeps its answers, and drops one at a logout of its own alone.",
		Adjust: introspects, Plant: fault.Each(dropOwn),
	},
	{
		Name: "introspection-spares-check", Summary: "A token that the introspection called active is not looked up again by the gateway for a minute.",
		Adjust: introspects, Plant: spareCheck,
	},
	{
		Name: "introspection-by-user", Summary: "After a logout the introspection calls every token of that user inactive, also new ones; the gateway serves them.",
		Adjust: introspects, Plant: inactiveByUser,
	},
	{
		Name: "introspection-takes-forged", Summary: "The introspection looks for a token's jti in the store and verifies no signature.",
		Adjust: introspects, Plant: fault.Each(activeUnverified),
	},
	{
		Name: "introspection-outlives-exp", Summary: "The introspection does not look at exp.",
		Adjust: introspects, Plant: fault.Each(activeAfterExp),
	},
}

func introspects(cfg *gateway.Config) { cfg.Introspection = true }

func activeUntilExp(p *gateway.Process) {
	unchecked := *p
	unchecked.Check = func(context.Context, *gateway.Call) error { return nil }
	p.Active = unchecked.ActiveNow
}

func dropOwn(p *gateway.Process) {
	ended := &fault.Notes[bool]{}
	end, now, kept := p.End, p.Active, p.KeepActive(keptFor)
	p.End = func(ctx context.Context, c *gateway.Call) error {
		ended.Put(p.Key(c), true)
		return end(ctx, c)
	}
	p.Active = func(r *http.Request, raw string) (*gateway.Call, error) {
		c, err := kept(r, raw)
		if err == nil && ended.Get(p.Key(c)) {
			return now(r, raw)
		}
		return c, err
	}
}

func spareCheck(*gateway.Site) func(*gateway.Process) {
	seen := &fault.Notes[time.Time]{}
	return func(p *gateway.Process) {
		check, active := p.Check, p.Active
		p.Active = func(r *http.Request, raw string) (*gateway.Call, error) {
			c, err := active(r, raw)
			if err == nil {
				seen.Put(p.Key(c), p.Now())
			}
			return c, err
		}
		p.Check = func(ctx context.Context, c *gateway.Call) error {
			if c.Carrier != gateway.CarrierIntrospection && fault.Within(p.Now(), seen.Get(p.Key(c)), keptFor) {
				return nil
			}
			return check(ctx, c)
		}
	}
}

func inactiveByUser(*gateway.Site) func(*gateway.Process) {
	left := &fault.Notes[bool]{}
	return func(p *gateway.Process) {
		end, active := p.End, p.Active
		p.End = func(ctx context.Context, c *gateway.Call) error {
			left.Put(c.Token.Subject, true)
			return end(ctx, c)
		}
		p.Active = func(r *http.Request, raw string) (*gateway.Call, error) {
			c, err := active(r, raw)
			if err == nil && left.Get(c.Token.Subject) {
				return nil, gateway.ErrRevoked
			}
			return c, err
		}
	}
}

func activeUnverified(p *gateway.Process) {
	active := p.Active
	p.Active = func(r *http.Request, raw string) (*gateway.Call, error) {
		c, err := active(r, raw)
		if !errors.Is(err, gateway.ErrInvalid) {
			return c, err
		}
		read, ok := fault.Unverified(gateway.Credential{Raw: raw, Carrier: gateway.CarrierIntrospection, Request: r})
		if !ok || fault.ExpiredAt(p.Now(), read) {
			return c, err
		}
		return read, p.Check(r.Context(), read)
	}
}

func activeAfterExp(p *gateway.Process) {
	late := *p
	fault.AcceptExpired(&late)
	p.Active = late.ActiveNow
}
