package session

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var streamEnds = scenarios.Scenario{
	ID:    "session/stream-ends",
	Title: "A stream that is open ends with its token",
	Level: report.Must,
	Requirement: "From a logout on, or from the end of the declared stream window, a stream that was opened with the token must bring no more events, while those of live tokens go on; " +
		"no new stream may be opened with it.",
	Refs:     append([]string{"RFC 6750 section 3", "OWASP ASVS 5.0 V4.4.3"}, refs...),
	Needs:    []scenarios.Capability{scenarios.Stream},
	AllUsers: true, // where a logout ends all sessions, live streams are another user's
	Alone:    true, // whose logout ended a stream must be known
	Fix:      "Ask again whether the token is alive while a stream is open, at each event or within routes.stream_window, at every replica; end that stream alone.",
	Run: func(p *scenarios.Play) {
		for _, route := range p.Contract().Streams {
			streamEndsWith(p, route)
		}
	},
}

func streamEndsWith(p *scenarios.Play, route scenarios.Route) {
	window := route.StreamWindow + p.Contract().LeakWindow
	if !p.Clock().CanWait(window) {
		p.NotRun("it has to wait for %s, and --max-wait is less", window)
	}
	dead := p.Login("alice", "T")
	p.Call(dead, scenarios.WantAccepted)
	w := newWatch(p, route, dead)
	defer w.close()
	w.openBefore()
	w.mustBeOpen()
	p.Logout(dead, scenarios.Acknowledged)
	w.openAfter()
	w.judge(window)
	p.Propagate()
	w.reopen()
	p.Call(dead, scenarios.WantRefused)
	p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
	p.Call(dead, scenarios.WantRefused)
}
