package isolation

import (
	"math"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var sameSecondLoginsDistinct = scenarios.Scenario{
	ID:          "isolation/same-second-logins-distinct",
	Title:       "Two logins of one second are two sessions",
	Level:       report.Must,
	Requirement: "Of two tokens that one user was given in the same second, the logout of one must not end the other.",
	Refs:        []string{"RFC 7519 section 4.1.7", "CWE-613", "CWE-645"},
	Needs:       []scenarios.Capability{scenarios.Lifetime, scenarios.ScopeOne, scenarios.IssueTime},
	Fix:         "Key the revocation by iss and jti; user and iat are not unique.",
	Run: func(p *scenarios.Play) {
		t, u := pair(p)
		p.Call(t, scenarios.WantAccepted)
		p.Call(u, scenarios.WantAccepted)
		p.Logout(t, scenarios.Acknowledged)
		p.Call(t, scenarios.WantRefused)
		p.Call(u, scenarios.WantAccepted)
		p.Logout(u, scenarios.Acknowledged)
		p.Call(u, scenarios.WantRefused)
		p.Clock().Wait(1100 * time.Millisecond)
		live := p.Login("alice", "V")
		p.Call(live, scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
		p.Call(u, scenarios.WantRefused)
	},
}

// pair gives two tokens that were issued in the same second, with different
// lifetimes. If one login after the other takes too long, they go out at once.
func pair(p *scenarios.Play) (t, u *scenarios.Token) {
	const tries = 10
	for try := range tries {
		logins := []func(){
			func() { t = p.Login("alice", "T", scenarios.LifeAtLeast(p.ShortLife()), scenarios.SameAllowed()) },
			func() {
				u = p.Login("alice", "U", scenarios.LifeAtLeast(p.ShortLife()+10*time.Second), scenarios.SameAllowed())
			},
		}
		if try == 0 {
			logins[0]()
			logins[1]()
		} else {
			p.Parallel(len(logins), func(i int) { logins[i]() })
		}
		if t.Raw == u.Raw {
			p.Undeclared(scenarios.Lifetime, "two logins of the same second give the same token: they are one session")
		}
		if t.Claims["iat"] == nil {
			p.Undeclared(scenarios.IssueTime, "the tokens have no iat: two of the same second cannot be told from others")
		}
		if p.Planning() || sameSecond(t, u) {
			return t, u
		}
	}
	p.Undeclared(scenarios.Lifetime, "no two of %d pairs of logins fell into the same second", tries)
	return nil, nil
}

// sameSecond looks at whole seconds: an iat may have a fraction.
func sameSecond(t, u *scenarios.Token) bool {
	a, okA := t.Claims["iat"].(float64)
	b, okB := u.Claims["iat"].(float64)
	return okA && okB && math.Floor(a) == math.Floor(b)
}
