package wire

import (
	"bytes"
	"regexp"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var refusalHandsOutNoToken = scenarios.Scenario{
	ID:          "wire/refusal-hands-out-no-token",
	Title:       "A refusal does not hand out a new token",
	Level:       report.Must,
	Requirement: "What answers a logged-out token must not carry another one that works.",
	Refs:        []string{"CWE-613", "CWE-384"},
	Fix:         "Look for a revocation before a session is renewed, also where a token is renewed by itself.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		none := p.Send(p.CanonicalRequest(p.Contract().Routes[0], ""), scenarios.Refused)
		p.Call(t, scenarios.WantAccepted)
		p.Logout(t, scenarios.Acknowledged)
		for _, r := range p.Contract().Routes {
			refused := p.Call(t, scenarios.WantRefused, scenarios.On(r))
			handed(p, t, refused, none)
		}
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
	},
}

// handed tries the tokens in a refusal. Where callers without a token are given
// some as well, these are not the session's.
func handed(p *scenarios.Play, t *scenarios.Token, refused, none scenarios.Answer) {
	if len(tokensIn(none)) > 0 {
		p.Note("whoever has no token is given one by the refusal: it is a guest's")
		return
	}
	route := p.Contract().Routes[0]
	for _, raw := range tokensIn(refused) {
		if raw == t.Raw {
			continue
		}
		n := p.Respell(t, "N", raw)
		if a := p.Send(p.CanonicalRequest(route, n.Raw), scenarios.Refused); p.Judge(route, t, a) == scenarios.Accepted {
			p.FailDead(t, report.Where{report.InForm: "for a new token in the refusal"}, "its refusal handed out a new token", "the refusal (%d) of the logged-out %s handed out %s, which was accepted (%d)", refused.Status, t, n, a.Status)
		}
	}
}

var looksLikeJWT = regexp.MustCompile(`eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+`)

// tokensIn are what looks like a token in the header and the body of an answer.
func tokensIn(a scenarios.Answer) []string {
	var text bytes.Buffer
	_ = a.Header.Write(&text) // a buffer takes all
	text.Write(a.Body)
	return looksLikeJWT.FindAllString(text.String(), -1)
}
