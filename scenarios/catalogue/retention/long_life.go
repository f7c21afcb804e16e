package retention

import (
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

const day = 24 * time.Hour

// monthLong is past both limits: 2^31 ms are 24.8 days, and caches such as
// memcached take a time to live of more than 30 days for a date.
const monthLong = 31 * day

var longLife = scenarios.Scenario{
	ID:          "retention/long-life",
	Title:       "A token of a month dies like any other",
	Level:       report.Must,
	Requirement: "A token that lives longer than 24.8 days must be refused after its logout, at once and until its exp.",
	Refs:        append([]string{"CWE-190"}, refs...),
	Needs:       []scenarios.Capability{scenarios.Lifetime},
	Fix: "Compute the time to live of a revocation in 64 bits: 2^31 ms are 24.8 days, beyond which 32 bits wrap to a negative time. " +
		"Give a store that reads more than 30 days as a date (memcached) the date itself.",
	Run: func(p *scenarios.Play) {
		t := end(p, "T", scenarios.Life(monthLong))
		p.Call(t, scenarios.WantRefused)
		control(p, t)
		if !p.Clock().Movable() {
			p.Note("only the first instant was seen: the target's clock cannot be moved")
			return
		}
		for _, d := range []time.Duration{5 * day, 19 * day, day, 6*day - time.Hour} {
			p.Clock().Wait(d)
			p.Call(t, scenarios.WantRefused)
		}
		control(p, t)
	},
}
