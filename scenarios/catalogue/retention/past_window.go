package retention

import (
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var pastMinute = scenarios.Scenario{
	ID:          "retention/past-60s",
	Title:       "A token is still dead after a minute",
	Level:       report.Must,
	Requirement: "A token must still be refused more than 60 s after its logout, whether or not it is replayed or logged out again in between, and the user's other sessions must still live.",
	Refs:        append([]string{"APIM rate-limit-by-key renewal-period"}, refs...),
	Fix:         "Keep each revocation until the token's exp. A rate limit's renewal period or a cache's lifetime of a minute gives the token back.",
	Run:         func(p *scenarios.Play) { past(p, time.Minute) },
}

var pastFiveMinutes = scenarios.Scenario{
	ID:          "retention/past-300s",
	Title:       "A token is still dead after five minutes",
	Level:       report.Should,
	Requirement: "A token should still be refused more than 300 s after its logout, whether or not it is replayed in between.",
	Refs:        append([]string{"APIM rate-limit-by-key renewal-period (at most 300 s)"}, refs...),
	Fix:         "Keep each revocation until the token's exp. The longest renewal period of rate-limit-by-key is 300 s, which is less than most tokens live.",
	Run:         func(p *scenarios.Play) { past(p, 5*time.Minute) },
}

// beyond the window by which the last probe is sent, and the life that a token
// needs beyond that to be dead for no other reason than its logout.
const (
	beyond = 1500 * time.Millisecond
	spare  = 15 * time.Second
)

// past watches three dead tokens until a window is over. One is replayed
// throughout its first half; one is left alone, since a refused call may refresh an entry; and
// one is logged out twice, which may write its entry anew. Tokens that no
// target gives so long a life are watched all the same: what their logout does
// not do for the rest of the window, their exp must.
func past(p *scenarios.Play, window time.Duration) {
	if !p.Clock().CanWait(window + beyond) {
		p.TooLong(window + beyond)
	}
	bystander := p.Login("alice", "W", scenarios.LifeWished(window+spare))
	p.Call(bystander, scenarios.WantAccepted)
	places := p.DiscriminatingEntryPoints(bystander)
	watched := end(p, "T", scenarios.LifeWished(window+spare))
	p.Call(watched, scenarios.WantRefused)
	if left, ok := p.Clock().Left(watched); ok && left < window+beyond {
		p.Note("the token had %s to live: after that its exp, and not its logout, is what was seen to end it", left.Round(time.Second))
	}
	alone := end(p, "A", scenarios.LifeWished(window+spare))
	twice := end(p, "B", scenarios.LifeWished(window+spare))
	again(p, twice)
	heard := hear(p, places, watched)
	others := append(endOther(p, scenarios.LifeWished(window+spare)), watched)
	probeHalf(p, watched, window/2)
	p.Clock().Wait(window/2 + beyond) // after a silence, the first look at the store may fail
	p.Call(watched, scenarios.WantRefused)
	p.Call(alone, scenarios.WantRefused)
	p.Call(twice, scenarios.WantRefused)
	heard.stillRefuse(p, others...)
	spared(p, bystander)
	control(p, append(others, alone, twice)...)
	heard.nothingLeaked()
}

// endOther ends a session of another user, if there is one.
func endOther(p *scenarios.Play, opts ...scenarios.LoginOption) []*scenarios.Token {
	if !p.Has(scenarios.TwoUsers) {
		return nil
	}
	t := p.Login("bob", "O", opts...)
	p.Call(t, scenarios.WantAccepted)
	p.Logout(t, scenarios.Acknowledged)
	p.Call(t, scenarios.WantRefused)
	return []*scenarios.Token{t}
}

// How often the watched token is replayed: about every 40 ms of half a minute,
// for what goes wrong for a moment now and then, and about once a second where
// that would cost the target something, or is nothing to a clock that is moved.
const (
	probesClosely = 700
	probesSeldom  = 30
)

// probeHalf replays a token through half of the window.
func probeHalf(p *scenarios.Play, t *scenarios.Token, half time.Duration) {
	n := probesClosely
	if p.Clock().Movable() || p.Contract().Limits.Rate > 0 {
		n = probesSeldom
	}
	n = p.Sample(n)
	p.Repeat(n, func(int) {
		p.Clock().Wait(half / time.Duration(n))
		p.Call(t, scenarios.WantRefused)
	})
}

// again logs a dead token out once more. What comes of that at once is the
// business of another scenario.
func again(p *scenarios.Play, t *scenarios.Token) {
	if a := p.Send(p.LogoutRequest(t), scenarios.Accepted); p.LogoutAcknowledged(a) {
		p.Ended(t, a)
	}
	p.Summary("log out once more", "", "", 1, true)
}

// spared requires that a session that nobody logged out has not been ended
// meanwhile, if it was to live so long.
func spared(p *scenarios.Play, t *scenarios.Token) {
	if left, ok := p.Clock().Left(t); !ok || left > p.Clock().Guard() {
		p.Call(t, scenarios.WantStillLive)
	}
}
