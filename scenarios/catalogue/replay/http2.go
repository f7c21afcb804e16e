package replay

import (
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var http2 = scenarios.Scenario{
	ID:          "replay/http2",
	Title:       "A dead token is dead over HTTP/2",
	Level:       report.Must,
	Requirement: "A logged-out token must not be accepted over HTTP/2, cleartext or TLS, if the target speaks it.",
	Refs:        []string{"RFC 9113 section 8", "CWE-613"},
	Fix:         "Put the revocation check where all protocol versions pass.",
	Run: func(p *scenarios.Play) {
		p.DeadInEveryForm(p.EachRoute("HTTP/2", func(r *scenarios.Request) { r.Via = scenarios.HTTP2 }))
	},
}
