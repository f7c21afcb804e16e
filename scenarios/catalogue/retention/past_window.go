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
	Requirement: "A token must still be refused more than 60 s after its logout, whether or not it is replayed in between.",
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

// past watches two dead tokens until a window is over. One is replayed
// throughout; the other is left alone, since a refused call may refresh an
// entry. Tokens that no target gives so long a life are watched all the same:
// what their logout does not do for the rest of the window, their exp must.
func past(p *scenarios.Play, window time.Duration) {
	if !p.CanWait(window + beyond) {
		p.NotRun("it has to wait for %s, and --max-wait does not allow that", window+beyond)
	}
	watched := end(p, "T", scenarios.LifeWished(window+spare))
	p.Call(watched, scenarios.WantRefused)
	if left, ok := p.Left(watched); ok && left < window+beyond {
		p.Note("the token had %s to live: after that its exp, and not its logout, is what was seen to end it", left.Round(time.Second))
	}
	alone := end(p, "A", scenarios.LifeWished(window+spare))
	for _, d := range []time.Duration{window / 4, window / 4, window / 4, window/4 - time.Second} {
		p.Wait(d)
		p.Call(watched, scenarios.WantRefused)
	}
	p.Wait(time.Second + beyond)
	p.Call(watched, scenarios.WantRefused)
	p.Call(alone, scenarios.WantRefused)
	control(p, watched, alone)
}
