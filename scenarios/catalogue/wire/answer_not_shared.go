package wire

import (
	"strconv"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var answerNotShared = scenarios.Scenario{
	ID:          "wire/answer-not-shared",
	Title:       "A live answer is not served to others",
	Level:       report.Should,
	Requirement: "What a live token is answered with should not be offered to shared caches, which would go on serving it after the logout.",
	Refs:        []string{"RFC 9111 section 3.5", "CWE-524", "CWE-613"},
	Fix:         "Answer calls with a token with Cache-Control: private or no-store, unless everybody may have the answer.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "T")
		for _, r := range p.Contract().Routes {
			a := p.Call(t, scenarios.WantAccepted, scenarios.On(r))
			if why := shared(p.Contract().Carrier, a); why != "" && !p.Planning() {
				p.FailAs(report.Disclosed, report.Where{report.InForm: "by a shared cache"}, "the answer (%d) of %s may be stored and served to others: %s", a.Status, r, why)
			}
		}
	},
}

// shared says what lets a shared cache store an answer; "" if nothing does. It
// knows by itself to leave the answer to a request with Authorization alone,
// unless it is told not to.
func shared(c scenarios.Carrier, a scenarios.Answer) string {
	directives := directivesOf(a.Header)
	for _, stop := range []string{"no-store", "no-cache", "private"} {
		if _, ok := directives[stop]; ok {
			return ""
		}
	}
	if _, ok := directives["public"]; ok {
		return "Cache-Control: public"
	}
	if n, err := strconv.Atoi(directives["s-maxage"]); err == nil && n > 0 {
		return "Cache-Control: s-maxage=" + directives["s-maxage"]
	}
	if c.In == "header" && strings.EqualFold(c.Name, "Authorization") {
		return ""
	}
	return fresh(a)
}
