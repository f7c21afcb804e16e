// Package forgery holds the scenarios in which an attacker writes a token
// without the issuer's key: to be let in, or to log somebody else out.
package forgery

import (
	"slices"
	"strings"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// Scenarios are those of the group.
func Scenarios() []scenarios.Scenario {
	return append(slices.Clone(table),
		algorithmConfusion, remoteKey, otherKey, wrongAudience, wrongIssuer, forgedLogout, expiredLogout)
}

// refs that all scenarios of the group have.
var refs = []string{"RFC 8725 section 3", "CWE-347", "OWASP ASVS 5.0 V9.1.1", "WSTG-SESS-10"}

// fake is a forged token and what to call it.
type fake struct{ name, token string }

// fakes names forgeries without their family, which the scenario says.
func fakes(list []forgery.Forgery) []fake {
	var out []fake
	for _, f := range list {
		_, name, _ := strings.Cut(f.Name, "/")
		out = append(out, fake{name, f.Token})
	}
	return out
}

// refused makes a run that sends every forgery of a live token. The token
// itself is accepted before and after, so that a refusal is the forgery's.
func refused(forge func(token string) []forgery.Forgery) func(*scenarios.Play) {
	return func(p *scenarios.Play) { refuseForgeries(p, p.Login("alice", "T"), forge) }
}

func refuseForgeries(p *scenarios.Play, t *scenarios.Token, forge func(token string) []forgery.Forgery) {
	p.Call(t, scenarios.WantAccepted)
	notAccepted(p, t, fakes(forge(t.Raw)))
	p.Call(t, scenarios.WantAccepted)
}

// notAccepted sends tokens that were forged from a live one, wherever it can be
// told from none.
func notAccepted(p *scenarios.Play, t *scenarios.Token, list []fake) {
	everywhere := entryPointsOf(p, t)
	if len(list) == 0 {
		p.Note("there is no such forgery of a token signed with %s", t.Alg())
	}
	for _, f := range list {
		everywhere.tryAll(p, p.Respell(t, f.name, f.token))
	}
	if len(list) > 0 && everywhere.sent == 0 {
		p.NotRun("the target does not read requests so large as these tokens make them")
	}
	everywhere.summary(p)
}

// scenario fills in what the scenarios of the group share.
func scenario(name, title, requirement, fix string, run func(*scenarios.Play), sources ...string) scenarios.Scenario {
	return scenarios.Scenario{
		ID: "forgery/" + name, Title: title, Level: report.Must, Requirement: requirement,
		Refs: append(sources, refs...), Fix: fix, Run: run,
	}
}
