package reference

import (
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/internal/decider"
)

// Decider is a strategy without HTTP, in all regions: the decisions that a
// gateway takes, for a simulation that takes millions of them a second on a
// clock of its own. Counter is the same of API Management's policies.
type (
	Decider         = decider.Decider
	DeciderSettings = decider.Settings
	Counter         = decider.Counter
	Counting        = decider.Counting
)

// Ticket is what of a token a decider looks at.
type Ticket = decider.Ticket

// LostOnTheWay is the delay of what a DeciderSettings.Network never delivers.
const LostOnTheWay = decider.Never

// NewDecider makes a decider of one of Strategies.
func NewDecider(s DeciderSettings) (*Decider, error) { return decider.New(s) }

// NewCounter makes the counters of so many regions.
func NewCounter(c Counting, regions int, leeway time.Duration, at clock.Clock) *Counter {
	return decider.NewCounter(c, regions, leeway, at)
}
