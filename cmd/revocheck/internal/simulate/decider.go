package simulate

import (
	"time"

	"github.com/revocheck/revocheck/loadgen/simulation/world"
	"github.com/revocheck/revocheck/reference"
)

// own is what the gateway's deciders have in common.
type own interface {
	Issue(region int, t *reference.Ticket) error
	Check(region int, t *reference.Ticket) (bool, error)
	End(region int, t *reference.Ticket) error
	Entries() int
	Uses() (reads, writes uint64)
	Break()
	Mend()
	Forget()
	FailOver(lost time.Duration)
	Restart(region int)
}

// decider shows one of the gateway's the tokens of a world, which have the same
// fields.
type decider struct{ own }

// Issue implements world.Decider.
func (d decider) Issue(region int, t *world.Token) error {
	return d.own.Issue(region, (*reference.Ticket)(t))
}

// Check implements world.Decider.
func (d decider) Check(region int, t *world.Token) (bool, error) {
	return d.own.Check(region, (*reference.Ticket)(t))
}

// End implements world.Decider.
func (d decider) End(region int, t *world.Token) error {
	return d.own.End(region, (*reference.Ticket)(t))
}
