package replay

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// replays is how often the dead token is sent. A defect that lets one call in
// p through is missed with probability (1-p)^replays.
const replays = 500

// warmUp is how often it is called before: a cache may admit busy tokens alone.
const warmUp = 150

var hammered = scenarios.Scenario{
	ID:          "replay/hammered",
	Title:       "Insistence does not revive a token",
	Level:       report.Must,
	Requirement: "However often a token was called before its logout, and is replayed after it, every single replay must be refused.",
	Refs:        []string{"CWE-613", "CWE-294", "OWASP ASVS 5.0 V7.4.1"},
	Fix:         "Keep the revocation until the token's exp whatever happens in between; a refused call must not count against it, refresh it or sample it.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		warm := p.Sample(warmUp)
		p.Repeat(warm, func(int) { p.Call(t, scenarios.WantAccepted) })
		p.Number("calls before the logout", float64(warm), "1", "a cache that takes in a token after more calls would not have shown")
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
		n := p.SampleFor(replays)
		p.Repeat(n, func(int) { p.Call(t, scenarios.WantRefused) })
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
		p.Bound("bypass rate", n, fmt.Sprintf("%d replays, none accepted", n))
	},
}
