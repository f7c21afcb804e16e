package concurrency

import (
	"fmt"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

const (
	// propagations is how many logouts are followed to the other replicas.
	propagations = 10
	// propagationEnough refusals in a row show that a logout has arrived: the
	// distribution counts here, the longer watch is leak-window's.
	propagationEnough = 5
)

var propagationTime = scenarios.Scenario{
	ID:          "cluster/propagation-time",
	Title:       "A logout reaches the other replicas within the declared window",
	Level:       report.Must,
	Requirement: "When a logout is acknowledged at one replica, every other one must refuse the token, at the latest when the declared leak window (none by default) has passed.",
	Refs:        []string{"CWE-613", "CWE-362"},
	Needs:       []scenarios.Capability{scenarios.Replicas},
	Fix:         "Keep revocations in a store that all replicas ask on every call, or wait for every replica before the logout is acknowledged.",
	Run: func(p *scenarios.Play) {
		how := pace{probes: p.Sample(watchProbes), enough: propagationEnough}
		var spread []watch
		var last *scenarios.Token
		for round := range watchRounds(p, propagations) {
			last = alive(p, fmt.Sprintf("T%d", round+1))
			ending := round % p.Replicas()
			others := slices.Delete(everyReplica(p), ending, ending+1)
			spread = append(spread, watched(p, last, ending, others, how)...)
		}
		judgePropagation(p, spread)
		deadEverywhere(p, last)
	},
}

// judgePropagation reports how long the replicas took to refuse, and stops
// the scenario if one accepted a call past the declared window.
func judgePropagation(p *scenarios.Play, spread []watch) {
	var took []time.Duration
	var longest time.Duration
	unknown, probes := 0, 0
	for _, w := range spread {
		took = append(took, max(w.refused, w.window))
		longest = max(longest, w.window)
		unknown, probes = unknown+w.unknown, probes+w.probes
	}
	p.Distribution("propagation time", took, "from the acknowledgement to the first lasting refusal at another replica; 0: refused at once")
	if declared := p.Contract().LeakWindow; longest > declared {
		p.Fail("a replica accepted a token %s after its logout at another one was acknowledged; the declared leak window is %s",
			longest.Round(10*time.Microsecond), declared)
	}
	mustTell(p, unknown, probes)
}
