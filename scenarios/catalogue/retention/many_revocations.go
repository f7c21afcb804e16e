package retention

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// How many logouts follow the first one: more than the usual bound of a cache
// where that costs nothing or is soon done, and what can be asked of any target.
const (
	logoutsAtMost  = 1100
	logoutsAtLeast = 300
	// logoutTime is about how long all may take if they are more than the least.
	logoutTime = 5 * time.Second
	// batch is how many of those are made before the clock is looked at.
	batch = 100
	// seenAgain: one in so many is replayed at the end, and the last one.
	seenAgain = 10
	// freshTokens are tried in process after all the logouts.
	freshTokens = 100
)

var manyRevocations = scenarios.Scenario{
	ID:          "retention/many-revocations",
	Title:       "Many logouts are all kept",
	Level:       report.Must,
	Requirement: "After many tokens have been logged out, the first, the last and those between must still be refused.",
	Refs:        append([]string{"CWE-400"}, refs...),
	Fix: "Do not keep revocations where only so many find room (LRU, a fixed size, maxmemory with an evicting policy), and do not acknowledge " +
		"one that finds none: an attacker who logs in and out fills it.",
	Run: func(p *scenarios.Play) {
		t := end(p, "T")
		p.Call(t, scenarios.WantRefused)
		others, n := endMany(p)
		p.Number("logouts after the first", float64(n), "", "an eviction that starts later would not have shown")
		p.Call(t, scenarios.WantRefused)
		for _, o := range others {
			p.CallOnce(o, scenarios.WantRefused)
		}
		p.Summary("tokens that were logged out later", "refused", "refused", len(others), true)
		if p.Clock().Movable() {
			p.Repeat(p.Sample(freshTokens), func(i int) {
				p.Call(p.Login("alice", fmt.Sprintf("L%d", i+1)), scenarios.WantAccepted)
			})
		}
		control(p, t)
	},
}

// endMany logs many tokens out, more of them the faster the target is, and
// gives some of them and how many there were.
func endMany(p *scenarios.Play) ([]*scenarios.Token, int) {
	most := logoutsAtLeast
	if p.Clock().Movable() || p.MayLoginOften() {
		most = logoutsAtMost
	}
	most = p.Sample(most)
	least, began := min(most, logoutsAtLeast), time.Now()
	some, n := endSome(p, 0, least)
	if n < least {
		return some, n
	}
	for n < most && (p.Clock().Movable() || time.Since(began) < logoutTime) {
		asked := min(batch, most-n)
		others, m := endSome(p, n, asked)
		some, n = append(some, others...), n+m
		if m < asked {
			break
		}
	}
	return some, n
}

// endSome logs n tokens out and gives some of them, each of which was accepted
// before, and how many there were.
func endSome(p *scenarios.Play, from, n int) ([]*scenarios.Token, int) {
	var some []*scenarios.Token
	n = p.RepeatLogins(n, 0.8, func(i int) {
		t := p.Login("alice", fmt.Sprintf("N%d", from+i+1))
		if i%seenAgain == 0 || i == n-1 {
			p.CallOnce(t, scenarios.WantAccepted)
			some = append(some, t)
		}
		p.Logout(t, scenarios.Acknowledged)
	})
	return some, n
}
