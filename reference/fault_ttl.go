package reference

import (
	"math"
	"time"

	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

var ttlFaults = []Fault{
	{Name: "ttl-60s", Summary: "A revocation is forgotten after 60 s at the latest.", Plant: timeToLive(atMost(time.Minute))},
	{Name: "ttl-300s", Summary: "A revocation is forgotten after 300 s at the latest.", Plant: timeToLive(atMost(5 * time.Minute))},
	{Name: "ttl-half-life", Summary: "A revocation is forgotten after half of the token's remaining life.", Plant: timeToLive(half)},
	{
		Name: "ttl-ignores-leeway", Summary: "A revocation is forgotten at exp, and the validator accepts the token for 5 s more.",
		Adjust: func(cfg *Config) { cfg.Leeway = 5 * time.Second }, Plant: Each(ignoreLeeway),
	},
	{Name: "ttl-32-bit", Summary: "The time to live is kept in 32 bits of milliseconds, which overflow after 24.8 days.", Plant: timeToLive(in32Bits)},
	{Name: "ttl-of-days-dropped", Summary: "A logout is not stored if the token has more than 2 hours and less than 8 days left.", Plant: timeToLive(dropDays)},
	{Name: "ttl-64-bit", Summary: "The time to live is kept in 64 bits of nanoseconds, which overflow after 292 years.", Plant: Each(in64Bits)},
	{Name: "ttl-drops-near-expiry", Summary: "A logout in the last 5 s of a token's life is not stored.", Plant: timeToLive(dropShort)},
	{Name: "ttl-rounds-down-to-zero", Summary: "The time to live is rounded down to whole minutes, and a time of zero is not stored.", Plant: timeToLive(wholeMinutes)},
	{
		Name: "no-exp-not-stored", Summary: "A token without exp has no time to live, and its logout is not stored.",
		Adjust: func(cfg *Config) { cfg.AllowNoExp = true }, Plant: timeToLive(dropEndless),
	},
	{Name: "entry-never-dropped", Summary: "A revocation is kept for ever.", Plant: timeToLive(func(time.Duration) time.Duration { return store.Forever })},
}

// timeToLive replaces how long a revocation is kept, given how long it should
// be.
func timeToLive(change func(time.Duration) time.Duration) Planting {
	return Each(func(p *Process) {
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

func ignoreLeeway(p *Process) {
	p.TTL = func(t *token.Token) time.Duration { return strategy.Remaining(t, p.Now(), 0) }
}

func in32Bits(d time.Duration) time.Duration {
	if d == store.Forever {
		return d
	}
	overflowed := int32(d.Milliseconds()) //nolint:gosec // the overflow is the fault
	return time.Duration(max(overflowed, 0)) * time.Millisecond
}

func dropDays(d time.Duration) time.Duration {
	if d > 2*time.Hour && d < 8*24*time.Hour {
		return 0
	}
	return d
}

// in64Bits stores nothing where the time has overflowed to one below zero.
func in64Bits(p *Process) {
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
