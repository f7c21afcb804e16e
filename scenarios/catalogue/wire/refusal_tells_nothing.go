package wire

import (
	"bytes"
	"encoding/json"
	"maps"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var refusalTellsNothing = scenarios.Scenario{
	ID:          "wire/refusal-tells-nothing",
	Title:       "A refusal does not carry the answer",
	Level:       report.Must,
	Requirement: "The body of a refusal must neither be nor hold the one that a live token would have got.",
	Refs:        []string{"CWE-200", "CWE-613", "RFC 6750 section 3.1"},
	Fix:         "Refuse before the backend is called, and write the refusal's own body.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		routes := p.Contract().Routes
		live := make([]scenarios.Answer, len(routes))
		for i, r := range routes {
			live[i] = p.Call(t, scenarios.WantAccepted, scenarios.On(r))
		}
		p.Logout(t, scenarios.Acknowledged)
		for i, r := range routes {
			dead := p.Call(t, scenarios.WantRefused, scenarios.On(r))
			if !p.Planning() && answered(p, r, t, live[i], dead) {
				p.Fail("the refusal (%d) of %s has in its body what a live token is answered with (%d bytes)", dead.Status, r, len(dead.Body))
			}
		}
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		p.Call(t, scenarios.WantRefused)
	},
}

// answered reports whether a refusal's body is or holds the live one: byte by
// byte, or by the identity that it gives, itself or in a value of its JSON with
// the same members, since answers may hold a time or a number.
func answered(p *scenarios.Play, r scenarios.Route, t *scenarios.Token, live, dead scenarios.Answer) bool {
	if body := bytes.TrimSpace(live.Body); len(body) > least && bytes.Contains(dead.Body, body) {
		return true
	}
	if len(live.Body) > 0 && bytes.Equal(live.Body, dead.Body) {
		return true
	}
	dead.Status = live.Status
	for _, body := range append(within(dead.Body, live.Body), dead.Body) {
		dead.Body = body
		if r.Identity != "" && p.Judge(r, t, dead) == scenarios.Accepted {
			return true
		}
	}
	return false
}

// least is the length of a body that is in another one by more than chance.
const least = 16

// within are the values of an object in JSON that have the members of another.
func within(outer, inner []byte) [][]byte {
	var all map[string]json.RawMessage
	var one map[string]any
	if json.Unmarshal(outer, &all) != nil || json.Unmarshal(inner, &one) != nil || len(one) == 0 {
		return nil
	}
	var alike [][]byte
	for _, text := range all {
		var v map[string]any
		if json.Unmarshal(text, &v) == nil && maps.EqualFunc(v, one, func(any, any) bool { return true }) {
			alike = append(alike, text)
		}
	}
	return alike
}
