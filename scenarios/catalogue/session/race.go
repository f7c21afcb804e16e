package session

import (
	"fmt"
	"sync"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

const (
	// refreshes that meet a logout, in all.
	refreshes = 500
	// abreast are the sessions that are raced at once where nothing limits that.
	abreast = 25
	// longest is how long a slow target is raced for; what that comes to is said.
	longest = 15 * time.Second
)

// race is sessions of which each is refreshed and logged out at the same time.
type race struct {
	mu       sync.Mutex
	sent     int // refreshes
	met      []meeting
	unended  int // sessions whose logout was not acknowledged
	leaks    int // sessions
	unknown  int // answers that tell nothing
	answered int
	example  *scenarios.Token
}

// meeting is a session whose logout was acknowledged, with what refreshes gave.
type meeting struct {
	first *scenarios.Token
	given []*scenarios.Token
}

// run races wave after wave until there were enough refreshes, or it took too long.
func (r *race) run(p *scenarios.Play) {
	width, each, want := r.size(p)
	for began := time.Now(); r.sent < want; {
		p.Parallel(min(width, (want-r.sent+each-1)/each), func(i int) { r.one(p, each, i) })
		if p.Planning() || time.Since(began) > longest {
			break
		}
	}
	p.Propagate()
	p.Summary("sessions that were refreshed and logged out at once", "", fmt.Sprintf("%d refreshes met %d logouts that were acknowledged", r.sent, len(r.met)), len(r.met)+r.unended, true)
}

// size is how many sessions at once, how many refreshes of each, and how many in all:
// one each where a used refresh token buys nothing.
func (r *race) size(p *scenarios.Play) (width, each, want int) {
	width, each = abreast, 5
	switch limit := p.Contract().Limits; {
	case !p.Has(scenarios.ScopeOne) || !p.MayLoginOften():
		width = 1 // they would end each other, or are to come slowly
	case !p.MayCrowd():
		width = max(limit.Parallel/2, 1)
	}
	if p.Planning() || r.rotates(p) {
		each = 1
	}
	return width, each, p.SampleOfLogins(refreshes)
}

// rotates reports whether a refresh gives another refresh token.
func (r *race) rotates(p *scenarios.Play) bool {
	t := p.Login("alice", "O")
	return p.Contract().Refresh.HasToken() && !renew(p, t, "O2", nil).SameRefreshToken(t)
}

// one refreshes a session while it is logged out.
func (r *race) one(p *scenarios.Play, each, at int) {
	t := p.Login("alice", "A")
	p.CallOnce(t, scenarios.WantAccepted)
	m, ended := meeting{first: t}, false
	p.Parallel(each+1, func(i int) {
		if i == each {
			a := p.Send(p.LogoutRequest(t), scenarios.Accepted)
			if ended = p.LogoutAcknowledged(a); ended {
				p.Ended(t, a)
			}
			return
		}
		a := p.Send(renewOf(p, t, (at+i)%p.Replicas()), scenarios.Accepted)
		next, o := p.Refreshed(t, "A2", a)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.answered++
		switch {
		case o == scenarios.Accepted:
			m.given = append(m.given, next)
		case o != scenarios.Refused:
			r.unknown++
		}
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent += each
	if !ended {
		r.unended++
		return
	}
	r.met = append(r.met, m)
}

// judge counts the sessions of which something works.
func (r *race) judge(p *scenarios.Play) {
	if p.Planning() {
		return
	}
	p.Parallel(min(abreast, len(r.met)), func(i int) {
		for ; i < len(r.met); i += abreast {
			if t := r.met[i].lives(p, r); t != nil {
				r.mu.Lock()
				r.leaks++
				r.example = t
				r.mu.Unlock()
			}
		}
	})
	r.mustTell(p)
	n := len(r.met)
	p.Summary("what the refreshes gave, and what the logins gave", "nothing works", fmt.Sprintf("something works of %d sessions", r.leaks), n, r.leaks == 0)
	if r.leaks > 0 {
		p.FailEnded(report.SessionRefreshed, r.example, report.Where{report.AtTime: "in a race with the logout"}, fmt.Sprintf("a refresh and %s at once, then a call with what the refresh gave", logoutText(p)),
			"of %d of %d sessions that were refreshed and logged out at the same time, something still works after both were answered", r.leaks, n)
	}
	p.Bound("leak rate in a race", n, fmt.Sprintf("%d sessions, of which nothing works", n))
}

func logoutText(p *scenarios.Play) string {
	return p.Contract().Logout.Method + " " + p.Contract().Logout.Path
}

// mustTell stops the scenario if too little was answered.
func (r *race) mustTell(p *scenarios.Play) {
	switch {
	case p.Context().Err() != nil:
		p.NotRun("the run was interrupted")
	case len(r.met) == 0:
		p.Inconclusive("none of %d logouts was acknowledged while its session was refreshed", r.unended)
	case r.unknown*10 > r.answered:
		p.Inconclusive("%d of %d answers say nothing (time-outs, errors, throttling)", r.unknown, r.answered)
	}
	if r.unended+r.unknown > 0 {
		p.Note("%d logouts were not acknowledged and do not count; %d of %d answers said nothing", r.unended, r.unknown, r.answered)
	}
}

// lives is a token that works after the session has ended; nil if nothing does.
func (m meeting) lives(p *scenarios.Play, r *race) *scenarios.Token {
	route := p.Contract().Routes[0]
	for _, t := range append(m.given, m.first) {
		o := p.Judge(route, t, p.Send(p.CanonicalRequest(route, t.Raw), scenarios.Refused))
		r.tell(o)
		if o == scenarios.Accepted {
			return t
		}
	}
	newest := m.first
	if n := len(m.given); n > 0 {
		newest = m.given[n-1]
	}
	next, o := p.Refreshed(newest, "A3", p.Send(p.RefreshRequest(newest), scenarios.Refused))
	r.tell(o)
	if o == scenarios.Accepted && accepts(p, next) {
		return next
	}
	return nil
}

func (r *race) tell(o scenarios.Outcome) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answered++
	if o.Silent() {
		r.unknown++
	}
}
