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
	Requirement: "A logout that comes long after the login must end the token, for the rest of its life.",
	Refs:        refs,
	Fix:         "Revoke by the token that is shown: a session that was dropped for its age, or a time to live that is counted from iat, leaves nothing to end.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T", lifeToAge(p)...)
		p.Call(t, scenarios.WantAccepted)
		age := oldAge(p, t)
		p.Wait(age)
		p.Call(t, scenarios.WantAccepted)
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
		control(p, t)
		p.Wait(time.Second)
		p.Call(t, scenarios.WantRefused)
		p.Number("age of the token at its logout", age.Seconds(), "s", "a logout that is lost later would not have shown")
	},
}

func lifeToAge(p *scenarios.Play) []scenarios.LoginOption {
	if p.Movable() {
		return p.ShortLived()
	}
	return []scenarios.LoginOption{scenarios.LifeWished(time.Minute + spare)}
}

// oldAge is how long to wait before the logout: most of the token's life where
// that costs nothing, else about a minute, or as much as the run and the token
// allow.
func oldAge(p *scenarios.Play, t *scenarios.Token) time.Duration {
	left, ok := p.Left(t)
	if ok && p.Movable() {
		return left * 5 / 6
	}
	for _, age := range []time.Duration{time.Minute + time.Second, 30 * time.Second, 8 * time.Second, 4 * time.Second, time.Second} {
		if p.CanWait(age+time.Second) && (!ok || age < left-time.Second-2*p.Guard()) {
			return age
		}
	}
	p.NotRun("it has to wait for %s, and --max-wait or the life of the token does not allow that", 2*time.Second)
	return 0
}
