package isolation

import (
	"crypto/rand"
	"encoding/json"
	"math/big"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var oddJTI = scenarios.Scenario{
	ID:    "isolation/odd-jti",
	Title: "A token is ended whatever its jti is, and no other is",
	Level: report.Must,
	Requirement: "If a token without jti, or with one of another kind, is accepted, its logout must end it, and must not end " +
		"another token whose jti differs.",
	Refs:  []string{"RFC 7519 section 4.1.7", "CWE-613", "CWE-636", "CWE-178"},
	Needs: []scenarios.Capability{scenarios.Mint},
	Fix:   "Refuse tokens whose jti is not a text that can be the key of a revocation as it is; never take a missing one for a token that needs no check.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		p.Call(t, scenarios.WantAccepted)
		tried := attempts{}
		for _, k := range kindsOfJTI() {
			tried.add(endOne(p, t, k))
		}
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		tried.mustHaveOne(p)
	},
}

// kind is a value that a careless key takes for none, or for another one.
type kind struct {
	name     string
	one, two any // two is nil where there is no other one
}

func kindsOfJTI() []kind {
	text := strings.ToLower(rand.Text())
	long := strings.Repeat("j", 300) + text
	return []kind{
		{"no jti", nil, nil}, {"null as jti", json.RawMessage("null"), nil}, {"an empty jti", "", nil}, {"a number as jti", number(), nil}, {"a list as jti", []any{text}, nil},
		{"a jti in lower case", text, strings.ToUpper(text)}, {"a long jti", long + "1", long + "2"},
	}
}

// number is one that a float64 holds exactly.
func number() int64 {
	n, _ := rand.Int(rand.Reader, big.NewInt(1<<52)) // of a fixed reader, which never fails
	return n.Int64()
}

// endOne logs a token out, and looks at the other one if there is one.
func endOne(p *scenarios.Play, like *scenarios.Token, k kind) attempt {
	one := p.MintFrom(like, k.name, withJTI(k.one))
	a := p.Call(one, scenarios.WantAny)
	if !p.Planning() && p.Judge(p.Contract().Routes[0], one, a) != scenarios.Accepted {
		p.Note("a token with %s is not accepted (%d)", k.name, a.Status)
		return notAccepted
	}
	var other *scenarios.Token
	if k.two != nil {
		other = p.MintFrom(like, k.name+" (another)", withJTI(k.two))
		p.Call(other, scenarios.WantAccepted)
	}
	if !p.LogoutMinted(one) {
		return notEnded
	}
	p.Call(one, scenarios.WantRefused)
	if other != nil {
		p.Call(other, scenarios.WantStillLive)
	}
	p.Call(p.Login("alice", "C"), scenarios.WantAccepted)
	p.Call(one, scenarios.WantRefused)
	return ended
}

// withJTI are claims that make each token another text, also of the same jti.
func withJTI(jti any) map[string]any { return map[string]any{"jti": jti, "nonce": rand.Text()} }
