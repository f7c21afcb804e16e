package isolation

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// Sizes of the sample: logouts, then tokens that nobody logged out.
const (
	logouts = 100
	fresh   = 300
)

var noOverBlock = scenarios.Scenario{
	ID:          "isolation/no-over-block",
	Title:       "Many logouts end no token that was not logged out",
	Level:       report.Must,
	Requirement: "However many tokens are logged out, a token that was not must be accepted.",
	Refs:        []string{"CWE-645", "RFC 7519 section 4.1.7"},
	Last:        true, // a filter that fills up refuses more with each logout
	Fix:         "Key the revocation by something that is unique to a token (iss and jti); a filter with false positives needs an exact check behind it.",
	Run: func(p *scenarios.Play) {
		other := &bystander{p: p}
		other.ready() // before any logout, so that what tells is known
		dead := p.Login("alice", "T")
		p.Call(dead, scenarios.WantAccepted)
		p.Logout(dead, scenarios.Acknowledged)
		p.Call(dead, scenarios.WantRefused)
		p.RepeatLogins(p.Sample(logouts), 0.4, func(i int) {
			t := p.Login("alice", fmt.Sprintf("D%d", i))
			p.Call(t, scenarios.WantAccepted)
			other.ready()
			p.Logout(t, scenarios.Acknowledged)
			other.calls(i)
		})
		before := p.Revocations()
		n := p.RepeatLogins(p.SampleOfLogins(fresh), 0.8, func(i int) { p.Call(p.Login("alice", fmt.Sprintf("L%d", i)), scenarios.WantAccepted) })
		p.Call(dead, scenarios.WantRefused)
		p.Bound("over-block rate", n, fmt.Sprintf("%d fresh tokens after %d revocations, none refused", n, before))
	},
}

// bystander is a session of another user, if there is one, that is called right
// after logouts, at one place after the other.
type bystander struct {
	p      *scenarios.Play
	token  *scenarios.Token
	places []scenarios.EntryPoint
}

// ready has a session that lives long enough to be called.
func (b *bystander) ready() {
	if !b.p.Has(scenarios.TwoUsers) {
		return
	}
	if b.token != nil {
		if left, ok := b.p.Clock().Left(b.token); !ok || left > 2*b.p.Clock().Guard() {
			return
		}
	}
	b.token = b.p.Login("bob", "W", scenarios.LifeWished(2*time.Minute))
	b.p.Call(b.token, scenarios.WantAccepted)
	if b.places == nil {
		b.places = b.p.DiscriminatingEntryPoints(b.token)
	}
}

func (b *bystander) calls(i int) {
	if n := len(b.places); n > 0 {
		b.p.CallThere(b.places[i%n], b.token, scenarios.WantAccepted)
	}
}
