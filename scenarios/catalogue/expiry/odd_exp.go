package expiry

import (
	"crypto/rand"
	"strconv"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var oddExp = scenarios.Scenario{
	ID:          "expiry/odd-exp",
	Title:       "An exp of another make is no licence",
	Level:       report.Must,
	Requirement: "A token whose exp lies in the past must be refused if it has a fraction or a sign as well; one whose exp is no number must be refused.",
	Refs:        []string{"RFC 7519 section 2 (NumericDate)", "RFC 7519 section 4.1.4", "CWE-613", "CWE-20"},
	Needs:       []scenarios.Capability{scenarios.Mint},
	Fix:         "Refuse a token whose exp cannot be read as a number; never take it for one without exp.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		mustTakeOwn(p, t)
		past := p.Clock().Now().Add(-time.Hour).Unix()
		for _, odd := range []struct {
			name string
			exp  any
		}{
			{"past", past}, {"past-fraction", float64(past) + 0.5}, {"negative", -past}, {"text", strconv.FormatInt(past, 10)},
			{"date", "2020-01-01T00:00:00Z"}, {"word", "never"}, {"list", []any{past}}, {"object", map[string]any{"exp": past}}, {"true", true},
		} {
			p.Call(with(p, t, odd.name, odd.exp), scenarios.WantNotAccepted)
		}
		p.Call(t, scenarios.WantAccepted)
	},
}

// mustTakeOwn stops the scenario at a target that takes no token like t, which
// says nothing of exp if t has none.
func mustTakeOwn(p *scenarios.Play, t *scenarios.Token) {
	own := with(p, t, "own", t.Claims["exp"])
	if _, ok := t.Exp(); ok {
		p.MustTake(own)
		return
	}
	a := p.Call(own, scenarios.WantAny)
	if p.Judge(p.Contract().Routes[0], own, a) != scenarios.Accepted {
		p.Undeclared(scenarios.Expiry, "the token has no exp, and one that is signed like it is answered %d", a.Status)
	}
}

// with is a token like t with another exp, and with a jti of its own.
func with(p *scenarios.Play, t *scenarios.Token, name string, exp any) *scenarios.Token {
	change := map[string]any{"exp": exp}
	if t.Claims["jti"] != nil {
		change["jti"] = rand.Text()
	}
	return p.MintFrom(t, name, change)
}
