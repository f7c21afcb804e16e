package simulation

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
)

// answer says which strategy to take, and why: of those that end a stolen token
// as fast as the workload wants it, the one that asks least of a store.
func answer(s *outcome.Study) string {
	tolerable := s.Workload.Window
	fit := slices.DeleteFunc(slices.Clone(s.Strategies), func(o outcome.Strategy) bool {
		return o.Exposure.Thefts == 0 || o.Exposure.P95 > tolerable || o.OverBlocks.Count > 0
	})
	if len(fit) == 0 {
		return none(s)
	}
	best := slices.MinFunc(fit, cheaper)
	worst := slices.MaxFunc(s.Strategies, func(a, b outcome.Strategy) int { return cmp.Compare(a.Exposure.Mean.Mean, b.Exposure.Mean.Mean) })
	text := fmt.Sprintf("Take %s: %s", best.Label, outlived(best))
	if worst.Label != best.Label && worst.Exposure.Mean.Mean > best.Exposure.Mean.Mean {
		text += fmt.Sprintf(" (under %s for %s on average)", worst.Label, words.Seconds(worst.Exposure.Mean.Mean))
	}
	return text + ", and " + cost(best) + "."
}

// none is the answer where no strategy fits.
func none(s *outcome.Study) string {
	stolen := slices.DeleteFunc(slices.Clone(s.Strategies), func(o outcome.Strategy) bool { return o.Exposure.Thefts == 0 })
	if len(stolen) == 0 {
		return "No token was stolen, so the strategies cannot be told apart by what thieves get: raise thieves.share."
	}
	best := slices.MinFunc(stolen, func(a, b outcome.Strategy) int { return cmp.Compare(a.Exposure.P95, b.Exposure.P95) })
	return fmt.Sprintf("No strategy keeps 95 %% of the stolen tokens within %s; %s comes closest: %s.", words.Seconds(s.Workload.Window), best.Label, outlived(best))
}

func outlived(s outcome.Strategy) string {
	if s.Exposure.Max == 0 {
		return fmt.Sprintf("none of %d stolen tokens outlived its logout", s.Exposure.Thefts)
	}
	return fmt.Sprintf("95 %% of the stolen tokens were dead within %s of the logout", words.Seconds(s.Exposure.P95))
}

func cost(s outcome.Strategy) string {
	if s.List.What == "" {
		return "it needs no store"
	}
	return fmt.Sprintf("it costs %s look-ups a second at the peak and %s %s (%s)",
		words.Count(s.Store.ReadsPeak.Mean), words.Count(s.List.Peak.Mean), s.List.What, words.Bytes(s.List.Bytes.Mean))
}

// cheaper compares what two strategies ask of a store: first what they cost users,
// then traffic, then room.
func cheaper(a, b outcome.Strategy) int {
	work := func(s outcome.Strategy) float64 { return s.Store.ReadsPeak.Mean + s.Store.WritesPeak.Mean }
	return cmp.Or(cmp.Compare(a.Siblings.Count, b.Siblings.Count), cmp.Compare(work(a), work(b)), cmp.Compare(a.List.Bytes.Mean, b.List.Bytes.Mean))
}
