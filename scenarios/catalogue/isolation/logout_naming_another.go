package isolation

import (
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var logoutNamingAnother = scenarios.Scenario{
	ID:    "isolation/logout-naming-another",
	Title: "A logout that names another user ends nothing of theirs",
	Level: report.Must,
	Requirement: "A logout with one's own token that names another user, or the jti of their token, in the query, a form, JSON or a " +
		"header must not end their session.",
	Refs:  []string{"RFC 7009 section 2.1", "CWE-639", "OWASP API1:2023"},
	Needs: []scenarios.Capability{scenarios.TwoUsers},
	Fix:   "End what the verified token itself says, and take no user, session or jti from the rest of the request.",
	Run: func(p *scenarios.Play) {
		victim := p.Login("alice", "V")
		p.Call(victim, scenarios.WantAccepted)
		for _, way := range waysToName(p, victim) {
			own := p.Login("bob", "B")
			p.Call(own, scenarios.WantAccepted)
			req := p.LogoutRequest(own)
			way.name(&req)
			a := p.Send(req, scenarios.Accepted)
			if p.LogoutAcknowledged(a) {
				p.Ended(own, a)
			}
			p.StillLive(victim, fmt.Sprintf("bob's logout (%d) that names alice in %s", a.Status, way.where))
		}
		p.Call(victim, scenarios.WantAccepted)
		p.Logout(victim, scenarios.Acknowledged)
		p.Call(victim, scenarios.WantRefused)
		live := p.Login("alice", "U")
		p.Call(live, scenarios.WantAccepted)
		p.Call(victim, scenarios.WantRefused)
	},
}

// way is a place in a logout where another user can be named.
type way struct {
	where string
	name  func(*scenarios.Request)
}

// waysToName leaves the body alone where the target has a use of its own for it.
func waysToName(p *scenarios.Play, victim *scenarios.Token) []way {
	fields := namesOf(victim)
	ways := []way{
		{"the query", func(r *scenarios.Request) { r.Query = fields }},
		{"headers", func(r *scenarios.Request) {
			for _, name := range []string{"X-User", "X-User-Id", "X-Forwarded-User"} {
				r.Header.Set(name, fields.Get("sub"))
			}
			for _, name := range []string{"X-Session-Id", "X-Jti", "X-Token-Id"} {
				r.Header.Set(name, fields.Get("session_id"))
			}
		}},
	}
	if l := p.Contract().Logout; l.Body != "" || l.TokenField != "" {
		return ways
	}
	return append(ways,
		way{"a form", func(r *scenarios.Request) {
			r.Body, r.ContentType = fields.Encode(), "application/x-www-form-urlencoded"
		}},
		way{"JSON", func(r *scenarios.Request) { r.Body, r.ContentType = asJSON(fields), "application/json" }},
	)
}

// namesOf are the fields by which back ends look up a session, but for the
// token itself: who has that is its holder.
func namesOf(victim *scenarios.Token) url.Values {
	fields := url.Values{}
	for _, name := range []string{"user", "username", "user_id", "sub"} {
		fields.Set(name, fmt.Sprint(victim.Claims["sub"]))
	}
	for _, name := range []string{"sid", "jti"} {
		id, ok := victim.Claims[name].(string)
		if !ok {
			continue
		}
		fields.Set(name, id)
		for _, other := range []string{"session_id", "session", "token_id", "id"} {
			fields.Set(other, id)
		}
	}
	return fields
}

func asJSON(fields url.Values) string {
	flat := map[string]string{}
	for name := range fields {
		flat[name] = fields.Get(name)
	}
	text, _ := json.Marshal(flat) // a map of strings always encodes
	return string(text)
}
