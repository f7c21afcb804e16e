package scenarios

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Measurement is one thing that was found out about a target by logging users
// in and out.
type Measurement struct {
	// Name is stable: threshold, block-duration, spellings, regions or clock.
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

// measuring is a probe of a target under way.
type measuring struct {
	run      *run
	instance *Instance
	// logouts is how many it takes to end a token; 0 if none do.
	logouts int
}

// settle is how long a logout may take to show.
const settle = 2 * time.Second

// Measure logs users in and out and says what the target's revocation is made
// of. What could not be found out has the grade Unknown and says why. An
// error is a *PreflightError, or that of the interrupted context.
func Measure(ctx context.Context, target Target, o Options) ([]Measurement, error) {
	o.setDefaults()
	r := newRun(target, o)
	if err := r.preflight(ctx); err != nil {
		return nil, err
	}
	instance, err := target.Open(ctx)
	if err != nil {
		return nil, unstarted(err)
	}
	defer func() { _ = instance.close() }()
	m := &measuring{run: r, instance: instance}
	var all []Measurement
	for _, one := range []struct {
		name string
		take func(*Play) Measurement
	}{
		{"clock", m.clock}, {"threshold", m.threshold}, {"regions", m.regions},
		{"spellings", m.spellings}, {"block-duration", m.duration},
	} {
		o.Observe.Start(one.name)
		all = append(all, m.measure(ctx, one.name, one.take))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
	}
	return all, nil
}

// measure takes one measurement with a play of its own.
func (m *measuring) measure(ctx context.Context, name string, take func(*Play) Measurement) Measurement {
	rec := report.Record{}
	users, giveBack := m.run.pool.lend(1)
	defer giveBack()
	p := m.run.newPlay(ctx, Scenario{ID: name}, m.instance, users, &rec)
	defer p.sender.Close()
	p.given = m.run.stock.all()
	defer func() { m.run.stock.giveBack(p.given) }()
	var got Measurement
	if st, stopped := catch(func() { got = take(p) }); stopped {
		got = Measurement{Finding: "not measured: " + st.why, Means: "Nothing can be said of it."}
	}
	got.Name = name
	got.Finding = m.run.redactor.Clean(got.Finding)
	return got
}

// all takes every token out of the stock.
func (s *stock) all() map[string][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	left := maps.Clone(s.left)
	clear(s.left)
	return left
}

// live logs the first user in and sees the token accepted at every endpoint.
func (p *Play) live(name string) *Token {
	t := p.Login("alice", name)
	for i := range p.Replicas() {
		p.Call(t, WantAccepted, At(i))
	}
	return t
}

// ended logs a token out as often as it takes, at one endpoint.
func (m *measuring) ended(p *Play, t *Token, at int) {
	if m.logouts == 0 {
		p.NotRun("no logout ends a token here")
	}
	p.Logout(t, Acknowledged, At(at))
	for range m.logouts - 1 {
		p.Logout(t, Harmless, At(at))
	}
}

// asked calls the first route with a token. An answer that says nothing about
// the token ends the measurement.
func (p *Play) asked(t *Token, req Request) bool {
	route := p.contract.Routes[0]
	a := p.sender.Send(p.ctx, req, Refused)
	o := wire.Judge(p.contract, route, &t.user, a)
	if o.Silent() {
		p.Inconclusive("%s says nothing about revocation%s", a.Text(o), o.Hint(true))
	}
	return o == Accepted
}

// works reports whether a token is still accepted at an endpoint after what
// time a logout may take to show.
func (p *Play) works(t *Token, at int) bool {
	const step = settle / 8
	req := p.CanonicalRequest(p.contract.Routes[0], t.Raw)
	req.Replica = at
	for range settle / step {
		if !p.asked(t, req) {
			return false
		}
		p.Wait(step)
	}
	return p.asked(t, req)
}

// threshold finds how many logouts it takes to end a token. A counter that
// refuses when it has reached its limit needs one, and one that refuses what
// goes past its limit two.
func (m *measuring) threshold(p *Play) Measurement {
	const most = 3
	t := p.live("T")
	for n := 1; n <= most; n++ {
		want := Harmless
		if n == 1 {
			want = Acknowledged
		}
		p.Logout(t, want)
		if !p.works(t, 0) {
			m.logouts = n
			return thresholdOf(n)
		}
	}
	return Measurement{Grade: Gap, Finding: fmt.Sprintf("%d logouts of a token do not end it", most),
		Means: "The logout does nothing that calls can see: look at whether its policy is in place, and whether both policies make the same key of a call."}
}

func thresholdOf(n int) Measurement {
	m := Measurement{Numbers: []report.Number{{Name: "logouts to end a token", Value: float64(n), Unit: "count"}}}
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
func (m *measuring) regions(p *Play) Measurement {
	n := p.Replicas()
	if n == 1 {
		return Measurement{Finding: "there is one endpoint", Means: "List the regional gateways as endpoints to learn whether they share what is logged out."}
	}
	var apart []string
	for from := range n {
		t := p.live(fmt.Sprintf("R%d", from+1))
		m.ended(p, t, from)
		if p.works(t, from) {
			apart = append(apart, fmt.Sprintf("a logout at endpoint %d is not known even there", from+1))
			continue
		}
		for _, at := range others(n, from) {
			if p.works(t, at) {
				apart = append(apart, fmt.Sprintf("a logout at endpoint %d is not known at endpoint %d", from+1, at+1))
			}
		}
	}
	if len(apart) == 0 {
		return Measurement{Grade: Holds, Finding: fmt.Sprintf("all %d endpoints know of each other's logouts", n), Means: "A token that is logged out at one endpoint is refused at all."}
	}
	return Measurement{Grade: Gap, Finding: strings.Join(apart, "; "),
		Means: "A token that is logged out at one endpoint still works at another: counters and built-in caches are kept per gateway. Keep revocations in a store that all regions ask."}
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
