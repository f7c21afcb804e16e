package concurrency

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// leakRounds is how many tokens are watched after their logouts.
const leakRounds = 3

var leakWindow = scenarios.Scenario{
	ID:          "concurrency/leak-window",
	Title:       "The leak window is no longer than declared",
	Level:       report.Must,
	Requirement: "No call that is sent after the acknowledgement of its token's logout, and after the leak window that the target declares (none by default), may be accepted.",
	Refs:        []string{"CWE-613", "CWE-367", "RFC 7009 section 2.1"},
	Fix:         "Acknowledge a logout only when every replica reads it and no cache holds the token for live, or declare leak_window.",
	Run: func(p *scenarios.Play) {
		how := pace{probes: p.Sample(watchProbes)}
		var worst, all watch
		var windows []time.Duration
		var found []watch
		var last *scenarios.Token
		for round := range watchRounds(p, leakRounds) {
			last = alive(p, fmt.Sprintf("T%d", round+1))
			for _, w := range watched(p, last, round%p.Replicas(), everyReplica(p), how) {
				found = append(found, w)
				all.probes, all.unknown = all.probes+w.probes, all.unknown+w.unknown
				windows, all.leaking = append(windows, w.window), all.leaking || w.leaking
				all.home = all.home || w.at == w.ending && w.window > p.Contract().LeakWindow
				if w.window > worst.window {
					worst = w
				}
			}
		}
		worst.home = all.home
		p.Distribution("leak window", windows, unlessLeaking(all.leaking, "from the acknowledgement to the last accepted call at a replica; 0: none was accepted"))
		latencies(p, telling(found))
		worst.judge(p, all.probes)
		mustTell(p, all.unknown, all.probes)
		deadEverywhere(p, last)
		p.Bound("bypass rate", all.probes-all.unknown, "of calls after the declared window")
	},
}

// unlessLeaking adds to what a time is that some of them have not ended.
func unlessLeaking(leaking bool, what string) string {
	if leaking {
		return what + "; some tokens were still accepted when the watch ended, so that it is longer"
	}
	return what
}

func everyReplica(p *scenarios.Play) []int {
	var all []int
	for i := range p.Replicas() {
		all = append(all, i)
	}
	return all
}

// outcome says what the probes have shown.
func (w watch) outcome() string {
	if w.window == 0 {
		return "none accepted"
	}
	return w.lasted()
}

// judge reports the worst window of many probes and stops the scenario if it
// is longer than the declared one.
func (w watch) judge(p *scenarios.Play, probes int) {
	declared := p.Contract().LeakWindow
	ok := w.window <= declared
	p.Summary("probes of dead tokens at every replica", fmt.Sprintf("none accepted later than %s after the logout", declared),
		w.outcome(), probes, ok)
	if !ok {
		w.fail(p, declared)
	}
}
