package retention

import (
	"math"
	"time"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

var timeToLiveFaults = []fault.Fault{
	{Name: "ttl-60s", Summary: "A revocation is forgotten after 60 s at the latest.", Plant: timeToLive(atMost(time.Minute))},
	{Name: "ttl-300s", Summary: "A revocation is forgotten after 300 s at the latest.", Plant: timeToLive(atMost(5 * time.Minute))},
	{Name: "ttl-half-life", Summary: "A revocation is forgotten after half of the token's remaining life.", Plant: timeToLive(half)},
	{
		Name: "ttl-ignores-leeway", Summary: "A revocation is forgotten at exp, and the validator accepts the token for 5 s more.",
		Adjust: func(cfg *gateway.Config) { cfg.Leeway = 5 * time.Second }, Plant: fault.Each(ignoreLeeway),
	},
	{Name: "ttl-rounds-down", Summary: "The time to live is cut to whole seconds, so that a revocation ends up to a second before its token.", Plant: fault.Each(cutToSeconds)},
	{Name: "ttl-rounds-down-to-zero", Summary: "The time to live is rounded down to whole minutes, and a time of zero is not stored.", Plant: timeToLive(wholeMinutes)},
	{Name: "ttl-drops-near-expiry", Summary: "A logout in the last 5 s of a token's life is not stored.", Plant: timeToLive(dropShort)},
	{Name: "ttl-of-days-dropped", Summary: "A logout is not stored if the token has more than 2 hours and less than 8 days left.", Plant: timeToLive(dropDays)},
	{Name: "ttl-32-bit", Summary: "The time to live is kept in 32 bits of milliseconds, which overflow after 24.8 days.", Plant: timeToLive(in32Bits)},
	{Name: "ttl-over-30-days-is-a-date", Summary: "The list takes a time to live of more than 30 days for a date, which is past, as memcached does.", Plant: timeToLive(asDate)},
	{Name: "ttl-64-bit", Summary: "The time to live is kept in 64 bits of nanoseconds, which overflow after 292 years.", Plant: fault.Each(in64Bits)},
	{Name: "ttl-jitters", Summary: "Of the times to live, every fifth is a tenth too short.", Plant: jitter},
	{
		Name: "no-exp-not-stored", Summary: "A token without exp has no time to live, and its logout is not stored.",
		Adjust: func(cfg *gateway.Config) { cfg.AllowNoExp = true }, Plant: timeToLive(dropEndless),
	},
	{
		Name: "no-exp-kept-20s", Summary: "A token without exp is given a revocation of 20 s, the default of its cache.",
		Adjust: func(cfg *gateway.Config) { cfg.AllowNoExp = true }, Plant: timeToLive(defaultForEndless),
	},
	{Name: "entry-never-dropped", Summary: "A revocation is kept for ever.", Plant: timeToLive(func(time.Duration) time.Duration { return store.Forever })},
}

func cutToSeconds(p *gateway.Process) {
	p.TTL = func(t *token.Token) time.Duration {
		if t.Expires.IsZero() {
			return store.Forever
		}
		return t.Expires.Sub(p.Now()).Truncate(time.Second)
	}
}

func jitter(*gateway.Site) func(*gateway.Process) {
	made := &fault.Notes[int]{}
	return func(p *gateway.Process) {
		ttl := p.TTL
		p.TTL = func(t *token.Token) time.Duration {
			d := ttl(t)
			if d == store.Forever || fault.Count(made, "")%5 != 0 {
				return d
			}
			return d * 9 / 10
		}
	}
}

// timeToLive replaces how long a revocation is kept, given how long it should
// be.
func timeToLive(change func(time.Duration) time.Duration) fault.Planting {
	return fault.Each(func(p *gateway.Process) {
		ttl := p.TTL
		p.TTL = func(t *token.Token) time.Duration { return change(ttl(t)) }
	})
}

func atMost(limit time.Duration) func(time.Duration) time.Duration {
	return func(d time.Duration) time.Duration {
		if d == store.Forever {
			return limit
		}
		return min(d, limit)
	}
}

func half(d time.Duration) time.Duration {
	if d == store.Forever {
		return d
	}
	return d / 2
}

func ignoreLeeway(p *gateway.Process) {
	p.TTL = func(t *token.Token) time.Duration { return strategy.Remaining(t, p.Now(), 0) }
}

func in32Bits(d time.Duration) time.Duration {
	if d == store.Forever {
		return d
	}
	overflowed := int32(d.Milliseconds()) //nolint:gosec // the overflow is the fault
	return time.Duration(max(overflowed, 0)) * time.Millisecond
}

func asDate(d time.Duration) time.Duration {
	if d != store.Forever && d > 30*24*time.Hour {
		return 0
	}
	return d
}

func defaultForEndless(d time.Duration) time.Duration {
	if d == store.Forever {
		return 20 * time.Second
	}
	return d
}

func dropDays(d time.Duration) time.Duration {
	if d > 2*time.Hour && d < 8*24*time.Hour {
		return 0
	}
	return d
}

// in64Bits stores nothing where the time has overflowed to one below zero.
func in64Bits(p *gateway.Process) {
	ttl := p.TTL
	p.TTL = func(t *token.Token) time.Duration {
		if !t.Expires.IsZero() && t.Expires.Unix()-p.Now().Unix() > int64(math.MaxInt64/time.Second) {
			return 0
		}
		return ttl(t)
	}
}

func dropShort(d time.Duration) time.Duration {
	if d != store.Forever && d < 5*time.Second+strategy.Truncation {
		return 0
	}
	return d
}

func wholeMinutes(d time.Duration) time.Duration {
	if d == store.Forever {
		return d
	}
	return (d - strategy.Truncation).Truncate(time.Minute)
}

func dropEndless(d time.Duration) time.Duration { return max(d, 0) }
