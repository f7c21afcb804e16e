package simulation

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
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
		text += fmt.Sprintf(" (under %s for %s on average)", worst.Label, Duration(worst.Exposure.Mean.Mean))
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
	return fmt.Sprintf("No strategy keeps 95 %% of the stolen tokens within %s; %s comes closest: %s.", Duration(s.Workload.Window), best.Label, outlived(best))
}

func outlived(s outcome.Strategy) string {
	if s.Exposure.Max == 0 {
		return fmt.Sprintf("none of %d stolen tokens outlived its logout", s.Exposure.Thefts)
	}
	return fmt.Sprintf("95 %% of the stolen tokens were dead within %s of the logout", Duration(s.Exposure.P95))
}

func cost(s outcome.Strategy) string {
	if s.List.What == "" {
		return "it needs no store"
	}
	return fmt.Sprintf("it costs %s look-ups a second at the peak and %s %s (%s)",
		Count(s.Store.ReadsPeak.Mean), Count(s.List.Peak.Mean), s.List.What, Bytes(s.List.Bytes.Mean))
}

// cheaper compares what two strategies ask of a store: first what they cost users,
// then traffic, then room.
func cheaper(a, b outcome.Strategy) int {
	work := func(s outcome.Strategy) float64 { return s.Store.ReadsPeak.Mean + s.Store.WritesPeak.Mean }
	return cmp.Or(cmp.Compare(a.Siblings.Count, b.Siblings.Count), cmp.Compare(work(a), work(b)), cmp.Compare(a.List.Bytes.Mean, b.List.Bytes.Mean))
}

// Count is a number in the unit that reads best.
func Count(n float64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.3gG", n/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.3gM", n/1e6)
	case n >= 1e4:
		return fmt.Sprintf("%.3gk", n/1e3)
	case n >= 100:
		return fmt.Sprintf("%.0f", n)
	}
	return fmt.Sprintf("%.2g", n)
}

// Bytes is a size in the unit that reads best.
func Bytes(n float64) string {
	for _, u := range []struct {
		name string
		size float64
	}{{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}} {
		if n >= u.size {
			return fmt.Sprintf("%.3g %s", n/u.size, u.name)
		}
	}
	return fmt.Sprintf("%.0f B", n)
}
