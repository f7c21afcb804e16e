package measure

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/fixtures/attack/spelling"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// ofEach is how many spellings of one family are tried.
const ofEach = 3

// spellings finds in which other spellings a live token is accepted, and in
// which of these a logged-out one still is.
func (m *measuring) spellings(p *scenarios.Play) Result {
	t := live(p, "S")
	tried := tryable(p, t)
	taken := accepting(p, t, tried)
	m.ended(p, t, 0)
	ended := p.Clock().Now()
	if works(p, t, 0) {
		p.NotRun("no logout ends a token here")
	}
	p.Clock().WaitUntil(ended.Add(p.Contract().LeakWindow)) // each spelling may have been remembered by itself
	past := accepting(p, t, taken)
	found := Result{Numbers: []report.Number{
		{Name: "spellings tried", Value: float64(len(tried)), Unit: "count"},
		{Name: "accepted of a live token", Value: float64(len(taken)), Unit: "count"},
		{Name: "accepted after the logout", Value: float64(len(past)), Unit: "count"},
	}}
	live := cmp.Or(strings.Join(familiesOf(taken), ", "), "none")
	switch {
	case len(past) > 0:
		found.Grade = Gap
		found.Finding = fmt.Sprintf("other spellings of a live token that are accepted: %s; after its logout as well: %s", live, strings.Join(familiesOf(past), ", "))
		found.Means = "Who logs out is let in again with the same token, spelt differently: the block is keyed by the text of the header or of the token. Key it by iss and jti, read after the token was verified."
		if counts(p) {
			found.Means += " With Entra ID that is uti; in a policy it comes after validate-jwt."
		}
	case len(taken) > 0:
		found.Grade, found.Finding = Holds, fmt.Sprintf("other spellings of a live token that are accepted: %s; none of them after its logout", live)
		found.Means = "The block holds for the token, however it is spelt."
	default:
		found.Grade, found.Finding = Holds, fmt.Sprintf("none of %d other spellings of a live token is accepted", len(tried))
		found.Means = "There is one way to present a token, so that a block keyed by its text holds."
	}
	return found
}

// tryable are some spellings of each family that fit the target's carrier.
func tryable(p *scenarios.Play, t *scenarios.Token) []spelling.Spelling {
	c := p.Contract().Carrier
	in := map[string]spelling.Carrier{"query": spelling.Query, "cookie": spelling.Cookie}[c.In]
	var list []spelling.Spelling
	for _, f := range spelling.Families() {
		n := 0
		for _, s := range spelling.Of(t.Raw, f) {
			if n < ofEach && s.Fits(in) && (s.Kind == spelling.OfToken || c.Bearer()) {
				p.Respell(t, s.Name, s.Token) // no report shows it
				list, n = append(list, s), n+1
			}
		}
	}
	return list
}

// accepting are the spellings in which the token is accepted now.
func accepting(p *scenarios.Play, t *scenarios.Token, list []spelling.Spelling) []spelling.Spelling {
	var taken []spelling.Spelling
	for _, s := range list {
		req := p.CanonicalRequest(p.Contract().Routes[0], s.Token)
		if s.Kind == spelling.OfHeader {
			req.Header["Authorization"] = s.Lines()
		}
		a := p.Send(req, scenarios.Refused)
		switch o := p.Judge(p.Contract().Routes[0], t, a); {
		case o == scenarios.Accepted:
			taken = append(taken, s)
		case o.BeforeAuthentication():
			p.Inconclusive("%s says nothing about the spelling%s", a.Text(o), o.Hint(false))
		}
	}
	return taken
}

func familiesOf(list []spelling.Spelling) []string {
	var names []string
	for _, s := range list {
		if n := len(names); n == 0 || names[n-1] != string(s.Family) {
			names = append(names, string(s.Family))
		}
	}
	return names
}
