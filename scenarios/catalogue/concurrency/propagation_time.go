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
		if len(spread) < p.Replicas()*(p.Replicas()-1) {
			fromEvery(p)
		}
		deadEverywhere(p, last)
		everyDoor(p)
	},
}

// fromEvery ends a token at each replica and, once the declared window has
// passed for all, asks for each everywhere. Where the window is long, one
// logout only is followed closely.
func fromEvery(p *scenarios.Play) {
	if p.Has(scenarios.ScopeAll) || !p.Clock().CanWait(p.Contract().LeakWindow) {
		p.Note("logouts at the first replica only were followed: those at others would have had to wait for the leak window again")
		return
	}
	var tokens []*scenarios.Token
	for range p.Replicas() {
		tokens = append(tokens, alive(p, fmt.Sprintf("E%d", len(tokens)+1)))
	}
	for replica, t := range tokens {
		p.Logout(t, scenarios.Acknowledged, scenarios.At(replica))
	}
	p.Propagate()
	for _, t := range tokens {
		for replica := range p.Replicas() {
			p.CallOnce(t, scenarios.WantRefused, scenarios.At(replica))
		}
	}
	p.Summary("tokens ended at each replica, at every one", "refused", "refused", len(tokens)*p.Replicas(), true)
}

// judgePropagation reports how long the replicas took to refuse, and stops
// the scenario if one accepted a call past the declared window.
func judgePropagation(p *scenarios.Play, spread []watch) {
	var took []time.Duration
	var all, longest watch
	for _, w := range spread {
		took = append(took, max(w.refused, w.window))
		if w.window > longest.window {
			longest = w
		}
		all.leaking = all.leaking || w.leaking
		all.unknown, all.probes = all.unknown+w.unknown, all.probes+w.probes
	}
	p.Distribution("propagation time", took,
		unlessLeaking(all.leaking, "from the acknowledgement to the first lasting refusal at another replica; 0: refused at once"))
	latencies(p, telling(spread))
	if declared := p.Contract().LeakWindow; longest.window > declared {
		longest.fail(p, declared)
	}
	mustTell(p, all.unknown, all.probes)
}
