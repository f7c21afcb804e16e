package replay

import (
	"fmt"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var loginExchange = scenarios.Scenario{
	ID:          "replay/login-exchange",
	Title:       "A dead token buys no new one at the login",
	Level:       report.Must,
	Requirement: "A login with a logged-out token and without credentials must not give a new token.",
	Refs:        []string{"CWE-613", "CWE-287", "OWASP ASVS 5.0 V7.4.1"},
	Fix:         "Check revocation wherever a token stands for credentials: at the login, at a refresh, at an exchange.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		taken := exchanges(p)
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
		buysNothing(p, taken, t)
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
		buysNothing(p, taken, t) // a user's cut-off may have hidden it before
	},
}

// exchange is a login without credentials.
type exchange struct {
	name string
	make func(raw string) scenarios.Request
}

// exchanges are those that give a new token to a live one, and to none nothing.
func exchanges(p *scenarios.Play) []exchange {
	if p.Contract().Login.Path == "" {
		p.Note("nothing is exchanged: the tokens do not come from a login at the target")
		return nil
	}
	live := p.Login("alice", "L") // the target may end it with the exchange
	var taken []exchange
	all := []exchange{{"without credentials", p.BareLogin}, {"without a body", func(raw string) scenarios.Request {
		req := p.BareLogin(raw)
		req.Body, req.ContentType = "", ""
		return req
	}}}
	for _, e := range all {
		if bought(p, e, "") == "" && bought(p, e, live.Raw) != "" {
			taken = append(taken, e)
		}
	}
	p.Summary("logins without credentials, with no token and with a live one", "", fmt.Sprintf("%d of %d give a new token for the live one alone", len(taken), len(all)), 2*len(all), true)
	return taken
}

// bought is another token that is given for a token, and works; "" if none is.
func bought(p *scenarios.Play, e exchange, raw string) string {
	fresh := p.Granted(p.Send(e.make(raw), scenarios.Refused))
	if fresh == "" || fresh == raw {
		return ""
	}
	route := p.Contract().Routes[0]
	if p.Judge(route, nil, p.Send(p.CanonicalRequest(route, fresh), scenarios.Refused)) != scenarios.Accepted {
		return ""
	}
	return fresh
}

func buysNothing(p *scenarios.Play, taken []exchange, t *scenarios.Token) {
	for _, e := range taken {
		if bought(p, e, t.Raw) != "" {
			p.Summary("a login "+e.name+" with the dead token", "no new token", "a new token that is accepted", 1, false)
			p.FailDead(t, report.Where{report.InForm: "for a new token at the login"}, "a login gave a new token for it", "the logged-out %s was given a new token that is accepted, by a login %s", t, e.name)
		}
	}
	p.Summary("these logins with the dead token", "no new token", "no new token", len(taken), true)
}
