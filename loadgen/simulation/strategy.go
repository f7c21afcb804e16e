package simulation

import (
	"time"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/world"
)

// What a logout ends.
const (
	ScopeNothing = "nothing"
	ScopeToken   = "token"
	ScopeUser    = "user"
)

// Strategy is one to simulate.
type Strategy struct {
	Name  string
	Label string // tells apart two settings of one strategy
	// Settings are those of the strategy, in words.
	Settings []outcome.Row
	Lifetime time.Duration // of its tokens, in whole seconds
	Open     bool          // calls are let through while the store cannot be asked
	Scope    string
	// What it keeps, in words such as "revoked tokens"; empty if it keeps nothing.
	What string
	// EntryBytes is what an entry takes in its store, and MessageBytes what one
	// takes on its way to another region.
	EntryBytes, MessageBytes float64
	// Counter is set for counters whose exposure a formula gives, and Unknown where
	// none does. Any other strategy that keeps something asks one store.
	Counter *Counter
	Unknown bool
	// New makes it on a site.
	New func(world.Site) (world.Decider, error)
}

// Counter is what a formula needs to know of counters: for how long a logout
// blocks the token where it was made, and how long other regions take to hear of
// it, 0 if they never do.
type Counter struct{ Blocks, Sync time.Duration }
