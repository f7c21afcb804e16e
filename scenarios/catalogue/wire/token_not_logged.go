package wire

import (
	"net/url"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var tokenNotLogged = scenarios.Scenario{
	ID:          "wire/token-not-logged",
	Title:       "The log holds no token",
	Level:       report.Must,
	Requirement: "The gateway's log must hold no token, live or dead, from whatever part of a request.",
	Refs:        []string{"CWE-532", "RFC 6750 section 5.3", "OWASP ASVS 5.0 V16.2.5"},
	Needs:       []scenarios.Capability{scenarios.Logs},
	Profile:     scenarios.Full,
	Fix:         "Log the path without its query, and no credentials: a hash of jti is enough to find a session.",
	Run: func(p *scenarios.Play) {
		o := observe(p)
		p.Call(o.token, scenarios.WantAny, scenarios.With(func(r *scenarios.Request) {
			r.Query = url.Values{"access_token": {o.token.Raw}}
		}))
		log := p.Powers().Logs()
		if log == "" && !p.Planning() {
			p.Inconclusive("the gateway logged nothing, so that it cannot be told what it logs")
		}
		_, signature, _ := cutLast(o.token.Raw)
		if strings.Contains(log, signature) {
			p.FailAs(report.Disclosed, report.Where{report.InForm: "in the log"}, "the log holds the signature of %s, and with it the token", o.token)
		}
	},
}

// cutLast parts a token before its signature.
func cutLast(raw string) (signed, signature string, ok bool) {
	i := strings.LastIndexByte(raw, '.')
	return raw[:max(i, 0)], raw[i+1:], i >= 0
}
