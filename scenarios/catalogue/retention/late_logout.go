package retention

import (
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var lateLogout = scenarios.Scenario{
	ID:          "retention/late-logout",
	Title:       "A late logout counts like an early one",
	Level:       report.Must,
	Requirement: "A logout that comes long after the login must end the token, for the rest of its life, at once, and at every replica when the declared leak window has passed; also when there were no calls for some time.",
	Refs:        refs,
	Fix: "Revoke by the token that is shown: a session that was dropped for its age, or a time to live that is counted from iat, leaves nothing to end. " +
		"Have a logout end what a cache may serve stale as well, and let replicas ask as often in quiet times as in busy ones.",
	Run: func(p *scenarios.Play) {
		s := grow(p)
		s.quietly(p)
		s.end(p)
		everywhere(p, s.ended()...)
		control(p, s.ended()...)
		p.Clock().Wait(time.Second)
		for _, t := range s.ended() {
			p.Call(t, scenarios.WantRefused)
		}
		p.Number("age of the token at its logout", s.age.Seconds(), "s", "a logout that is lost later would not have shown")
	},
}

// pause between the last call of a token and its logout: caches that serve what
// is a little too old do so for some seconds.
const pause = 4 * time.Second

// lateTokens are old when they are logged out. They differ in when they were
// last called: right before, a pause before, and at the login.
type lateTokens struct {
	called, paused, idle *scenarios.Token
	// dead was logged out before, and is asked for when nobody has called for
	// some time; nil where tokens are few.
	dead *scenarios.Token
	age  time.Duration
}

// grow logs in. Where tokens are given there are two, not four.
func grow(p *scenarios.Play) *lateTokens {
	s := &lateTokens{}
	life := lifeToAge(p)
	if !p.HasGiven() {
		s.dead = end(p, "D", life...)
		p.Call(s.dead, scenarios.WantRefused)
		s.idle = alive(p, "I", life...)
	}
	s.paused, s.called = alive(p, "P", life...), alive(p, "T", life...)
	s.age = oldAge(p, s.called)
	return s
}

func alive(p *scenarios.Play, name string, opts ...scenarios.LoginOption) *scenarios.Token {
	t := p.Login("alice", name, opts...)
	p.Call(t, scenarios.WantAccepted)
	return t
}

// quietly lets the tokens grow old. The first call after the silence is one with
// a dead token: a gateway whose connection to its store has gone may let it by.
func (s *lateTokens) quietly(p *scenarios.Play) {
	rest := min(pause, s.age/2)
	p.Clock().Wait(s.age - rest)
	if s.dead != nil {
		p.Call(s.dead, scenarios.WantRefused)
	}
	p.Call(s.paused, scenarios.WantAccepted)
	p.Clock().Wait(rest)
	p.Call(s.called, scenarios.WantAccepted)
}

// end logs the tokens out and replays each at once. Where a logout ends all of
// a user's tokens, that of the one which was last called a pause before does.
func (s *lateTokens) end(p *scenarios.Play) {
	leaving := []*scenarios.Token{s.paused}
	if p.Has(scenarios.ScopeOne) {
		leaving = s.ended()
	}
	for _, t := range leaving {
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
	}
	for _, t := range s.ended() {
		p.Call(t, scenarios.WantRefused)
	}
}

func (s *lateTokens) ended() []*scenarios.Token {
	if s.idle == nil {
		return []*scenarios.Token{s.called, s.paused}
	}
	return []*scenarios.Token{s.called, s.paused, s.idle}
}

// everywhere requires that every replica refuses dead tokens, once the declared
// leak window has passed.
func everywhere(p *scenarios.Play, dead ...*scenarios.Token) {
	if p.Replicas() == 1 {
		return
	}
	if !p.Clock().CanWait(p.Contract().LeakWindow) {
		p.Note("the other replicas were not asked: --max-wait does not allow to wait for the leak window")
		return
	}
	p.Propagate()
	for _, t := range dead {
		p.CallEverywhere(t, scenarios.WantRefused)
	}
}

func lifeToAge(p *scenarios.Play) []scenarios.LoginOption {
	if p.Clock().Movable() {
		return p.ShortLived()
	}
	return []scenarios.LoginOption{scenarios.LifeWished(time.Minute + spare)}
}

// oldAge is how long to wait before the logout: most of the token's life where
// that costs nothing, else about a minute, or as much as the run and the token
// allow.
func oldAge(p *scenarios.Play, t *scenarios.Token) time.Duration {
	left, ok := p.Clock().Left(t)
	if ok && p.Clock().Movable() {
		return left * 5 / 6
	}
	for _, age := range []time.Duration{time.Minute + time.Second, 30 * time.Second, 8 * time.Second, 4 * time.Second, time.Second} {
		if p.Clock().CanWait(age+time.Second) && (!ok || age < left-time.Second-2*p.Clock().Guard()) {
			return age
		}
	}
	if !p.Clock().CanWait(2 * time.Second) {
		p.TooLong(2 * time.Second)
	}
	p.NotRun("it has to wait for %s, and the life of the token does not allow that", 2*time.Second)
	return 0
}
