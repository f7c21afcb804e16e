package lifecycle

import (
	"fmt"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

const (
	// rounds of calls that overlap a logout, half of them with a token that
	// was called before.
	rounds = 20
	// aftermath is for what such a call may yet write.
	aftermath = 1100 * time.Millisecond
)

var inFlightCallAtLogout = scenarios.Scenario{
	ID:          "lifecycle/in-flight-call-at-logout",
	Title:       "Calls under way do not outlive a logout",
	Level:       report.Must,
	Requirement: "A call that overlaps the logout may go either way; every call sent after the acknowledgement must be refused, also when all those calls are over.",
	Refs:        []string{"CWE-613", "CWE-367", "RFC 7009 section 2.1"},
	Fix:         "Do not cache the verdict of a call under way, nor write its session back, and acknowledge the logout only when it holds.",
	Run: func(p *scenarios.Play) {
		first := p.Login("alice", "T")
		p.Call(first, scenarios.WantAccepted)
		seen := &underWay{}
		dead := overlaps(p, seen)
		seen.tell(p)
		if p.Clock().CanWait(2 * aftermath) {
			p.Clock().Wait(aftermath)
		}
		for _, t := range dead {
			p.CallOnce(t, scenarios.WantRefused)
		}
		p.Logout(first, scenarios.Harmless)
		p.Call(first, scenarios.WantRefused)
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		p.Call(first, scenarios.WantRefused)
	},
}

// overlaps are the tokens whose logouts calls overlapped.
func overlaps(p *scenarios.Play, seen *underWay) []*scenarios.Token {
	var dead []*scenarios.Token
	var took []time.Duration
	half := max(p.Sample(rounds)/2, 1)
	p.RepeatLogins(half, 0.4, func(int) {
		t, call := warm(p)
		took = append(took, call)
		overlap(p, seen, t, 0)
		dead = append(dead, t)
	})
	slices.Sort(took)
	usual := took[len(took)/2]
	p.RepeatLogins(half, 0.8, func(i int) {
		t := p.Login("alice", "N")
		if t.Given() {
			p.Call(t, scenarios.WantAccepted) // it may have been used before the run
		}
		overlap(p, seen, t, lateness(i, usual))
		dead = append(dead, t)
	})
	return dead
}

// warm logs in and calls the token, as most callers have before they log out.
// It says how long the call took.
func warm(p *scenarios.Play) (*scenarios.Token, time.Duration) {
	t := p.Login("alice", "O")
	a := p.Call(t, scenarios.WantAccepted)
	return t, a.Received.Sub(a.Sent)
}

// lateness spreads logouts over the time that a first call takes: one that
// comes after the call has read the store, and before it has filled a cache,
// is what such a cache misses.
func lateness(round int, call time.Duration) time.Duration {
	const parts = 5
	return min(call, 100*time.Millisecond) * time.Duration(round%parts) / parts
}

// overlap sends calls around a logout, which comes so late, and once it is
// acknowledged one that must be refused. Half of the calls go over connections
// that are there, since opening one may take longer than the logout.
func overlap(p *scenarios.Play, seen *underWay, t *scenarios.Token, late time.Duration) {
	const callers = 4
	via := []scenarios.Via{scenarios.NewConnection, scenarios.SameConnection}
	calls := make([]scenarios.Answer, callers)
	var logout scenarios.Answer
	p.Parallel(callers+1, func(i int) {
		if i == callers {
			time.Sleep(late)
			logout = p.Logout(t, scenarios.Acknowledged)
			p.CallOnce(t, scenarios.WantRefused)
			return
		}
		calls[i] = p.Call(t, scenarios.WantAny, scenarios.Over(via[i%len(via)]))
	})
	for _, a := range calls {
		seen.note(a, logout, p.Judge(p.Contract().Routes[0], t, a))
	}
	p.CallOnce(t, scenarios.WantRefused)
}

// underWay is what became of the calls that a logout overlapped.
type underWay struct {
	calls, accepted int
	// late is how long after the acknowledgement the accepted ones were answered.
	late []time.Duration
}

func (u *underWay) note(call, logout scenarios.Answer, o scenarios.Outcome) {
	if call.Sent.After(logout.Received) || call.Received.Before(logout.Sent) {
		return
	}
	u.calls++
	if o == scenarios.Accepted {
		u.accepted++
		u.late = append(u.late, max(call.Received.Sub(logout.Received), 0))
	}
}

func (u *underWay) tell(p *scenarios.Play) {
	p.Number("in-flight calls accepted", float64(u.accepted), "1", fmt.Sprintf("of %d that overlapped a logout: either answer is right", u.calls))
	p.Distribution("in-flight call answered", u.late, "accepted, counted from the acknowledgement of the logout; 0: before it")
}
