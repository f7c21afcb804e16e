package retention

import (
	"fmt"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var steadyUse = scenarios.Scenario{
	ID:    "retention/steady-use",
	Title: "Of logouts that go on for a minute, none is lost",
	Level: report.Must,
	Requirement: "While users log in and out, each acknowledged logout must hold at every later moment and at every replica, " +
		"and a session that nobody logs out must live throughout.",
	Refs:  append([]string{"CWE-362"}, refs...),
	Needs: []scenarios.Capability{scenarios.ScopeOne},
	Fix: "Never replace the list by a copy, a snapshot or a reload that was begun before the last logout, " +
		"and leave out no check for the time of day, the age of a session or the time since a logout.",
	Run: func(p *scenarios.Play) {
		s := newSteady(p)
		p.RepeatWhile(s.steps, s.more, s.step)
		p.Propagate()
		for _, e := range s.ended {
			s.calledEverywhere(e.token)
		}
		control(p, s.watched)
	},
}

// A step is a login, a call, a logout and a look at what was logged out before.
// What lasts for a tenth of a second now and then is met by several of them.
const (
	steadyFor   = time.Minute
	steadyStep  = 100 * time.Millisecond
	steadyMoved = time.Second // where the clock is moved
	fewest      = 10          // logins, where tokens were given, and steps
)

// looks are how long after a logout, and after the declared leak window, its
// token is replayed.
var looks = []time.Duration{200 * time.Millisecond, time.Second, 3 * time.Second, 11 * time.Second}

type steady struct {
	p             *scenarios.Play
	live, watched *scenarios.Token
	began         time.Time
	period, every time.Duration
	steps         int
	logins        int // one each so many steps
	ended         []ending
}

type ending struct {
	token *scenarios.Token
	at    time.Time // by the target's clock
	ours  time.Time
}

func newSteady(p *scenarios.Play) *steady {
	s := &steady{p: p, period: steadyFor, every: steadyStep, logins: 1}
	if p.Clock().Movable() {
		s.every = steadyMoved
	}
	if rate := p.Contract().Limits.Rate; rate > 0 {
		s.every = max(s.every, time.Duration(40/rate*float64(time.Second))) // a quarter of it
	}
	for !p.Clock().CanWait(s.period) && s.period > time.Second {
		s.period /= 2
	}
	s.renew()
	s.watched = end(p, "T", scenarios.LifeWished(2*steadyFor))
	p.Call(s.watched, scenarios.WantRefused)
	s.steps = p.Sample(max(int(s.period/s.every), fewest))
	if s.live.Given() {
		s.logins = max(s.steps/fewest, 1)
	}
	p.Note("logins and logouts went on for %s, a step each %s", s.period, s.every)
	s.began = p.Clock().Now()
	return s
}

// renew has a session that nobody logs out, and takes a new one where the
// target's tokens do not live so long.
func (s *steady) renew() {
	if s.live != nil {
		if left, ok := s.p.Clock().Left(s.live); !ok || left > 2*s.p.Clock().Guard()+s.every {
			return
		}
	}
	s.live = s.p.Login("alice", "W", scenarios.LifeWished(2*steadyFor))
	s.p.Call(s.live, scenarios.WantAccepted)
}

// more is false once the time is over, whatever the target takes for a step.
func (s *steady) more() bool {
	return s.p.Clock().Now().Sub(s.began) < s.period && s.p.Clock().CanWait(s.every+s.p.Contract().LeakWindow)
}

func (s *steady) step(i int) {
	s.p.Clock().WaitUntil(s.began.Add(time.Duration(i) * s.every))
	s.renew()
	s.p.CallOnce(s.live, scenarios.WantAccepted)
	s.p.CallOnce(s.watched, scenarios.WantRefused)
	if i%s.logins == 0 {
		t := end(s.p, fmt.Sprintf("S%d", i))
		s.p.CallOnce(t, scenarios.WantRefused)
		s.ended = append(s.ended, ending{t, s.p.Clock().Now(), time.Now()})
	}
	for _, age := range looks {
		if e, ok := s.of(age); ok {
			s.calledEverywhere(e.token)
		}
	}
}

// of is the latest logout that is at least so long ago, after the leak window,
// which passes by our clock also where the target's is moved.
func (s *steady) of(age time.Duration) (ending, bool) {
	window := s.p.Contract().LeakWindow
	for _, e := range slices.Backward(s.ended) {
		if s.p.Clock().Now().Sub(e.at) >= age+window && (s.p.Planning() || time.Since(e.ours) >= window) {
			return e, true
		}
	}
	return ending{}, false
}

func (s *steady) calledEverywhere(t *scenarios.Token) {
	for replica := range s.p.Replicas() {
		s.p.CallOnce(t, scenarios.WantRefused, scenarios.At(replica))
	}
}
