package forgery

import (
	"crypto/rand"
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/scenarios"
)

var wrongAudience = foreign("aud", scenarios.Audience, scenario("wrong-audience",
	"A token for another audience is refused",
	"A token of the same issuer that was made for another audience must not be accepted.",
	"Require the gateway's own audience in aud.",
	nil, "RFC 8725 section 3.9", "RFC 7519 section 4.1.3"))

var wrongIssuer = foreign("iss", scenarios.Issuer, scenario("wrong-issuer",
	"A token of another issuer is refused",
	"A token that names another issuer must not be accepted, even if the key fits.",
	"Require the issuer that the key belongs to in iss.",
	nil, "RFC 8725 section 3.8", "RFC 7519 section 4.1.1"))

// foreign makes a scenario of a claim that must have the gateway's own value.
// A token that differs in its jti alone is accepted, so that a refusal is the
// claim's.
func foreign(claim string, need scenarios.Capability, s scenarios.Scenario) scenarios.Scenario {
	s.Needs = []scenarios.Capability{scenarios.Mint, need}
	s.Run = func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		if t.Claims[claim] == nil {
			p.Undeclared(need, "the tokens have no %s", claim)
		}
		p.MustTake(p.MintFrom(t, "own", changed(t, nil)))
		everywhere := entryPointsOf(p, t)
		for _, value := range nearly(t.Claims[claim]) {
			other := p.MintFrom(t, fmt.Sprintf("foreign (%s %q)", claim, value), changed(t, map[string]any{claim: value}))
			everywhere.tryAll(p, other)
		}
		everywhere.summary(p)
		p.Call(t, scenarios.WantAccepted)
	}
	return s
}

// nearly are values of a claim that are another's: one that has nothing of the
// gateway's own, and those that a comparison of parts takes for it.
func nearly(own any) []string {
	const other = "https://other.example"
	if list, ok := own.([]any); ok && len(list) > 0 {
		own = list[0]
	}
	text, _ := own.(string)
	cut := strings.TrimSuffix(text, "/") // which some take for the same URL
	if len(cut) < 2 {
		return []string{other}
	}
	return []string{other, text + ".other.example", "other-" + text, cut[:len(cut)-1], text[1:]}
}

// changed adds a new jti where the token has one.
func changed(t *scenarios.Token, change map[string]any) map[string]any {
	all := map[string]any{}
	for k, v := range change {
		all[k] = v
	}
	if t.Claims["jti"] != nil {
		all["jti"] = rand.Text()
	}
	return all
}
