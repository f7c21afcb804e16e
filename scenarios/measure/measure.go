// Package measure finds out what the revocation of a target is made of, by
// logging users in and out. It may change.
package measure

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/preflight"
)

// Result is one thing that was found out about a target by logging users
// in and out.
type Result struct {
	// Name is stable: empty-key, threshold, block-duration, spellings, regions or clock.
	Name  string `json:"name"`
	Grade Grade  `json:"grade"`
	// Finding is what was seen, and Means what follows from it.
	Finding string          `json:"finding"`
	Means   string          `json:"means"`
	Numbers []report.Number `json:"numbers,omitempty"`
}

// Grade sorts measurements. The zero value says that nothing is known.
type Grade string

// The grades.
const (
	Unknown Grade = ""
	Holds   Grade = "holds"
	Gap     Grade = "gap" // a token works where it should not
)

// String names the zero value too.
func (g Grade) String() string { return cmp.Or(string(g), "unknown") }

// MarshalText is String.
func (g Grade) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// measuring is a series of measurements of one target.
type measuring struct {
	clock preflight.Clock
	// logouts is how many it takes to end a token; 0 if none do.
	logouts int
}

// settle is how long a logout may take to show: the declared leak window, and
// no less than what a counter takes.
func settle(p *scenarios.Play) time.Duration { return max(2*time.Second, p.Contract().LeakWindow) }

// counts reports whether the target may revoke by counting calls: it refuses as a
// rate limit does.
func counts(p *scenarios.Play) bool { return p.Contract().Refuses(http.StatusTooManyRequests) }

// Take logs users in and out and says what the target's revocation is made
// of. What could not be found out has the grade Unknown and says why. An
// error is a *scenarios.PreflightError, or that of the interrupted context.
func Take(ctx context.Context, target scenarios.Target, o scenarios.Options) ([]Result, error) {
	caller, err := scenarios.OpenCaller(ctx, target, o)
	if err != nil {
		return nil, err
	}
	defer func() { _ = caller.Close() }()
	m := &measuring{clock: caller.Clock()}
	var all []Result
	for _, one := range []struct {
		name string
		take func(*scenarios.Play) Result
	}{
		{"empty-key", func(p *scenarios.Play) Result { return emptyKey(p, caller.Bare()) }},
		{"clock", m.clocks}, {"threshold", m.threshold}, {"regions", m.regions},
		{"spellings", m.spellings}, {"block-duration", m.duration},
	} {
		var got Result
		if why := caller.Play(ctx, one.name, func(p *scenarios.Play) { got = one.take(p) }); why != "" {
			got = Result{Finding: "not measured: " + why, Means: "Nothing can be said of it."}
		}
		got.Name, got.Finding = one.name, caller.Clean(got.Finding)
		all = append(all, got)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return all, nil
}

// live logs the first user in and sees the token accepted at every endpoint.
func live(p *scenarios.Play, name string) *scenarios.Token {
	t := p.Login("alice", name)
	for i := range p.Replicas() {
		p.Call(t, scenarios.WantAccepted, scenarios.At(i))
	}
	return t
}

// ended logs a token out as often as it takes, at one endpoint.
func (m *measuring) ended(p *scenarios.Play, t *scenarios.Token, at int) {
	if m.logouts == 0 {
		p.NotRun("no logout ends a token here")
	}
	p.Logout(t, scenarios.Acknowledged, scenarios.At(at))
	for range m.logouts - 1 {
		p.Logout(t, scenarios.Harmless, scenarios.At(at))
	}
}

// asked calls the first route with a token. An answer that says nothing about
// the token ends the measurement.
func asked(p *scenarios.Play, t *scenarios.Token, req scenarios.Request) bool {
	a := p.Send(req, scenarios.Refused)
	o := p.Judge(p.Contract().Routes[0], t, a)
	if o.Silent() {
		p.Inconclusive("%s says nothing about revocation%s", a.Text(o), o.Hint(true))
	}
	return o == scenarios.Accepted
}

// works reports whether a token is still accepted at an endpoint after what
// time a logout may take to show.
func works(p *scenarios.Play, t *scenarios.Token, at int) bool {
	const looks = 8
	step := settle(p) / looks
	req := p.CanonicalRequest(p.Contract().Routes[0], t.Raw)
	req.Replica = at
	for range looks {
		if !asked(p, t, req) {
			return false
		}
		p.Clock().Wait(step)
	}
	return asked(p, t, req)
}

// threshold finds how many logouts it takes to end a token. A counter that
// refuses when it has reached its limit needs one, and one that refuses what
// goes past its limit two.
func (m *measuring) threshold(p *scenarios.Play) Result {
	const most = 3
	t := live(p, "T")
	for n := 1; n <= most; n++ {
		want := scenarios.Harmless
		if n == 1 {
			want = scenarios.Acknowledged
		}
		p.Logout(t, want)
		if !works(p, t, 0) {
			m.logouts = n
			return thresholdOf(p, n)
		}
	}
	nothing := Result{Grade: Gap, Finding: fmt.Sprintf("%d logouts of a token do not end it", most)}
	nothing.Means = "The logout does nothing that calls can see: look at whether calls ask for what a logout writes, under the same key."
	if counts(p) {
		nothing.Means = "The logout does nothing that calls can see: look at whether its policy is in place, and whether both policies make the same key of a call."
	}
	if d := p.Contract().LeakWindow; d > 0 {
		nothing.Finding += fmt.Sprintf(", each watched for the declared leak window of %s", d)
	}
	return nothing
}

func thresholdOf(p *scenarios.Play, n int) Result {
	m := Result{Numbers: []report.Number{{Name: "logouts to end a token", Value: float64(n), Unit: "count"}}}
	switch {
	case n == 1 && !counts(p):
		m.Grade, m.Finding, m.Means = Holds, "one logout ends a token", "A copy of it is of no use from then on."
		return m
	case !counts(p):
		m.Grade, m.Finding = Gap, fmt.Sprintf("it takes %d logouts to end a token", n)
		m.Means = "The first logout is acknowledged and does not end it. End the token before a logout is acknowledged. What follows was measured with as many logouts."
		return m
	}
	if n == 1 {
		m.Grade, m.Finding = Holds, "one logout ends a token (of a counter: >=)"
		m.Means = "A counter refuses as soon as it has reached its limit, so that one logout is enough."
		return m
	}
	m.Grade, m.Finding = Gap, fmt.Sprintf("it takes %d logouts to end a token (of a counter: >)", n)
	m.Means = "A counter refuses only what goes past its limit: one logout never blocks. Raise increment-count at the logout to 2 or more. What follows was measured with as many logouts."
	return m
}

// regions finds which endpoints know of a logout at another one.
func (m *measuring) regions(p *scenarios.Play) Result {
	n := p.Replicas()
	if n == 1 {
		return Result{Finding: "there is one endpoint", Means: "List the " + places(p) + " as endpoints to learn whether they share what is logged out."}
	}
	var apart []string
	for from := range n {
		t := live(p, fmt.Sprintf("R%d", from+1))
		m.ended(p, t, from)
		if works(p, t, from) {
			apart = append(apart, fmt.Sprintf("a logout at endpoint %d is not known even there", from+1))
			continue
		}
		for _, at := range others(n, from) {
			if works(p, t, at) {
				apart = append(apart, fmt.Sprintf("a logout at endpoint %d is not known at endpoint %d", from+1, at+1))
			}
		}
	}
	if len(apart) == 0 {
		return Result{Grade: Holds, Finding: fmt.Sprintf("all %d endpoints know of each other's logouts", n), Means: "A token that is logged out at one endpoint is refused at all."}
	}
	why := ""
	if counts(p) {
		why = "counters and built-in caches are kept per gateway. "
	}
	return Result{Grade: Gap, Finding: strings.Join(apart, "; "),
		Means: "A token that is logged out at one endpoint still works at another: " + why + "Keep revocations in a store that all " + places(p) + " ask."}
}

// places is what endpoints are to the target.
func places(p *scenarios.Play) string {
	if counts(p) {
		return "regions"
	}
	return "replicas"
}

func others(n, but int) []int {
	var list []int
	for i := range n {
		if i != but {
			list = append(list, i)
		}
	}
	return list
}
