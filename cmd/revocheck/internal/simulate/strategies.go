package simulate

import (
	"cmp"
	"fmt"
	"time"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/loadgen/simulation"
	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
	"github.com/revocheck/revocheck/loadgen/simulation/world"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios/target/apim"
)

// kept is what a strategy keeps of tokens, and what that takes. The bytes of an
// entry are those that revocheck bench table measured: in Redis, in SQLite for
// server-store, in the emulated service for apim-counter.
type kept struct {
	scope, what    string
	entry, message float64 // bytes
}

var keeps = map[string]kept{
	"client-side":  {scope: simulation.ScopeNothing},
	"short-expiry": {scope: simulation.ScopeNothing},
	"server-store": {simulation.ScopeToken, "sessions", 529, 160},
	"denylist":     {simulation.ScopeToken, simulation.RevokedTokens, 177, 130},
	"not-before":   {simulation.ScopeUser, "cut-offs", 177, 140},
}

// others is what a strategy has that the table does not know.
var others = kept{scope: simulation.ScopeToken, what: "entries", entry: 177, message: 130}

// defaultShort is the lifetime of short-expiry, as the gateway has it.
const defaultShort = time.Minute

// everyStrategy is for a workload that lists none.
func everyStrategy() (all []workload.Strategy) {
	for _, s := range subject.Strategies() {
		all = append(all, workload.Strategy{Name: s.Name})
	}
	return all
}

// strategies makes those that the workload lists.
func strategies(w *workload.Workload) (all []simulation.Strategy, err error) {
	for _, s := range w.Strategies {
		if err := subject.KnownStrategy(s.Name); err != nil {
			return nil, err
		}
		all = append(all, strategy(w, s))
	}
	return all, nil
}

func strategy(w *workload.Workload, s workload.Strategy) simulation.Strategy {
	k, known := keeps[s.Name]
	if !known {
		k = others
	}
	made := simulation.Strategy{
		Name: s.Name, Label: s.Title(), Scope: k.scope, What: k.what, EntryBytes: k.entry, MessageBytes: k.message,
		Lifetime: cmp.Or(s.Lifetime, w.Tokens.Lifetime), Open: cmp.Or(s.Posture, w.Store.Posture) == workload.Open,
	}
	if s.Name == "short-expiry" && s.Lifetime == 0 {
		made.Lifetime = min(w.Tokens.Lifetime, defaultShort)
	}
	if s.Name == apim.Strategy.Name {
		return counter(made, s)
	}
	made.New = func(site world.Site) (world.Decider, error) {
		settings := reference.DeciderSettings{
			Strategy: s.Name, Clock: site.Clock, Regions: site.Regions, Leeway: site.Leeway, Open: site.Open,
			Fails: site.Fails, Most: site.Most, Recent: site.Recent,
		}
		if site.Network != nil {
			settings.Network = site.Network
		}
		d, err := reference.NewDecider(settings)
		return decider{d}, err
	}
	return made
}

// counter is that of API Management's policies.
func counter(made simulation.Strategy, s workload.Strategy) simulation.Strategy {
	c := reference.Counting{
		Calls: s.Calls, Period: cmp.Or(s.Period, time.Minute), Increment: s.Increment, Bucket: s.Tier == "v2", Over: s.Threshold == "gt", Sync: s.Sync,
	}
	made.Scope, made.What, made.EntryBytes = simulation.ScopeToken, "counters", 537
	made.Settings = []outcome.Row{{Name: "renewal period", Text: c.Period.String()}, {Name: "other regions hear after", Text: heard(s.Sync)}}
	made.Counter, made.Unknown = &simulation.Counter{Blocks: blocks(c), Sync: s.Sync}, s.Calls > 1
	made.New = func(site world.Site) (world.Decider, error) {
		return decider{reference.NewCounter(c, site.Regions, site.Leeway, site.Clock)}, nil
	}
	return made
}

func heard(sync time.Duration) string {
	if sync == 0 {
		return "never"
	}
	return fmt.Sprint(sync)
}

// blocks is for how long a logout blocks its token, with a limit of one call. A
// bucket that a second call puts into debt takes two periods to refill.
func blocks(c reference.Counting) time.Duration {
	twice := c.Increment >= 2
	switch {
	case c.Over && !twice:
		return 0
	case c.Bucket && twice && !c.Over:
		return 2 * c.Period
	}
	return c.Period
}
