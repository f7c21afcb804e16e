package session

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/latency"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/wire"
)

var introspectionAgrees = scenarios.Scenario{
	ID:          "session/introspection-agrees",
	Title:       "The introspection and the gateway agree about a logout",
	Level:       report.Must,
	Requirement: "From a logout on, or from the end of the declared cache window, the introspection must call the token inactive and the gateway must refuse it; a live token is active.",
	Refs:        append([]string{"RFC 7662 section 2.2", "RFC 7662 section 4"}, refs...),
	Needs:       []scenarios.Capability{scenarios.Introspection},
	Fix: "Have the introspection ask the store that the gateway asks, and neither of them keep an answer for longer than introspect.cache_window and leak_window say; " +
		"the client that asks must be one that may know of the tokens (RFC 7662 section 2.2).",
	Run: func(p *scenarios.Play) {
		window := p.Contract().Introspect.CacheWindow
		if !p.Clock().CanWait(window) {
			p.NotRun("it has to wait for %s, and --max-wait is less", window)
		}
		other, plain, dead := p.Login("alice", "L"), p.Login("alice", "P"), p.Login("alice", "T")
		p.Call(plain, scenarios.WantAccepted)
		for _, t := range []*scenarios.Token{other, dead} {
			p.CallEverywhere(t, scenarios.WantAccepted)
			said(p, t, wire.Active)
		}
		p.Logout(dead, scenarios.Acknowledged)
		if p.Has(scenarios.ScopeOne) {
			p.Logout(plain, scenarios.Acknowledged)
		}
		p.Elapse(until(p, dead, window))
		said(p, dead, wire.Inactive)
		p.Latency(latency.Logout, latency.Introspection, []time.Duration{window}, 0, "within the declared cache window, after which it was asked first; 0: inactive at once")
		p.Propagate()
		p.CallDead(dead, scenarios.Oddity{
			Without: func() bool { return p.Accepts(p.Contract().Routes[0], plain, plain.Raw) },
			Where:   report.Where{report.AfterEvent: "an introspection that called it active"},
		})
		p.CallEverywhere(dead, scenarios.WantRefused)
		live := p.Login("alice", "U")
		p.CallEverywhere(live, scenarios.WantAccepted)
		said(p, live, wire.Active)
		if p.Has(scenarios.ScopeOne) {
			p.Call(other, scenarios.WantAccepted)
			said(p, other, wire.Active)
		}
		said(p, dead, wire.Inactive)
		p.Call(dead, scenarios.WantRefused)
	},
}

// until is what is left of a window since the logout of a token.
func until(p *scenarios.Play, t *scenarios.Token, window time.Duration) time.Duration {
	if window == 0 || p.Planning() || p.Clock().Movable() {
		return window // which is counted by a clock that stands still in between
	}
	return max(0, time.Until(p.EndedAt(t).Add(window)))
}

// said asks every replica about a token, and stops the scenario unless each says
// what is wanted.
func said(p *scenarios.Play, t *scenarios.Token, want wire.Activity) {
	replicas := p.Replicas()
	if base, _ := p.Contract().Introspect.At(); base != "" {
		replicas = 1
	}
	for replica := range replicas {
		got, a := asked(p, t, want, replica)
		if got != want {
			disagrees(p, t, want, replica, a)
		}
	}
}

// asked is what a replica's introspection says of a token.
func asked(p *scenarios.Play, t *scenarios.Token, want wire.Activity, replica int) (wire.Activity, scenarios.Answer) {
	req := wire.IntrospectionOf(p.Contract(), t.Raw)
	req.Replica, req.Carrying = replica, t.String()
	planned := scenarios.Accepted
	if want == wire.Inactive {
		planned = scenarios.Refused
	}
	a := p.Send(req, planned)
	got := wire.ActivityIn(p.Contract(), a)
	p.Step(report.Step{
		Text: "introspect " + t.String(), Request: req.String(), Expected: want.String(), Actual: fmt.Sprintf("%s (%d)", got, a.Status),
		Took: report.Duration(a.Received.Sub(a.Sent)), OK: got == want,
	})
	if got == wire.Unsaid {
		p.Inconclusive("the introspection says nothing of %s: %s", t, a.Text(scenarios.Other))
	}
	return got, a
}

// disagrees stops the scenario: a token that is dead is called active, or one that
// lives inactive.
func disagrees(p *scenarios.Play, t *scenarios.Token, want wire.Activity, replica int, a scenarios.Answer) {
	where := report.Where{report.InForm: "the introspection calls it active"}
	if want == wire.Active {
		where = report.Where{report.InForm: "the introspection calls it inactive"}
	}
	if replica > 0 {
		where[report.AtReplica] = "another replica"
	}
	seen := fmt.Sprintf("%s says %s (%d)", p.Contract().Introspect, map[bool]string{true: "active", false: "inactive"}[want == wire.Inactive], a.Status)
	if want == wire.Inactive {
		p.Latency(latency.Logout, latency.Introspection, []time.Duration{a.Sent.Sub(p.EndedAt(t))}, 1, "from the acknowledgement to the last answer that called it active")
		p.FailDead(t, where, seen, "the introspection calls %s active %s after its logout was acknowledged%s: whoever asks there serves it",
			t, a.Sent.Sub(p.EndedAt(t)).Round(time.Millisecond), beyond(p))
	}
	p.FailAs(report.LiveRefused, where, "the introspection calls %s inactive (%d), which the gateway accepts", t, a.Status)
}

// beyond names the window that has passed.
func beyond(p *scenarios.Play) string {
	if window := p.Contract().Introspect.CacheWindow; window > 0 {
		return fmt.Sprintf(", past the declared cache window of %s", window)
	}
	return ""
}
