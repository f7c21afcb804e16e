package wire

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// Sizes beyond what gateways commonly read of a token, and of a header line.
var sizes = []int{9 << 10, 20 << 10, 70 << 10}

// hugeBody is more than firewalls look at, and less than most servers refuse.
const hugeBody = 160 << 10

var hugeToken = scenarios.Scenario{
	ID:          "wire/huge-token",
	Title:       "Size does not get past the check",
	Level:       report.Must,
	Requirement: "Neither a token of many kilobytes nor a dead token beside a huge header line must be accepted.",
	Refs:        []string{"CWE-770", "CWE-636", "RFC 6585 section 5"},
	Fix:         "Refuse what is too long to be checked (400, 401 or 431); never forward it unchecked.",
	Run: func(p *scenarios.Play) {
		t := p.Login("alice", "L")
		live := p.Call(t, scenarios.WantAccepted)
		for _, n := range sizes {
			for i, raw := range oversized(t.Raw, n) {
				notForwarded(p, t, live, raw, oversized(t.Raw, 1)[i])
			}
		}
		p.Call(t, scenarios.WantAccepted)
		p.DeadInEveryForm(hugeForms(p))
	},
}

// hugeForms are calls with something huge beside the token.
func hugeForms(p *scenarios.Play) []scenarios.Form {
	var forms []scenarios.Form
	for _, n := range sizes {
		huge := strings.Repeat("a", n)
		forms = append(forms, p.EachRoute("with a header line of "+kilobytes(huge)+",", func(r *scenarios.Request) {
			r.Header = orNew(r.Header)
			r.Header.Set("X-Padding", huge)
		})...)
	}
	huge := strings.Repeat("a", sizes[0])
	forms = append(forms, p.EachRoute("with a huge query,", func(r *scenarios.Request) { r.Query = url.Values{"padding": {huge}} })...)
	forms = append(forms, p.EachRoute("with a huge cookie,", func(r *scenarios.Request) {
		r.Cookies = append(r.Cookies, &http.Cookie{Name: "padding", Value: huge})
	})...)
	return append(forms, p.EachRoute("with a huge body,", func(r *scenarios.Request) {
		r.Method, r.ContentType, r.Body = http.MethodPost, "text/plain", strings.Repeat("a", hugeBody)
	})...)
}

// oversized are tokens of n bytes or more that nobody issued.
func oversized(raw string, n int) []string {
	return []string{strings.Repeat("A", n), raw + strings.Repeat("A", n), raw + "." + strings.Repeat("A", n)}
}

// notForwarded requires that an oversized token is not answered like a live
// one, whoever the answer names, where neither no token is nor a short one of
// the same make: who reads over the rest of that does so at any size.
func notForwarded(p *scenarios.Play, t *scenarios.Token, live scenarios.Answer, raw, short string) {
	route := p.Contract().Routes[0]
	none := p.Send(p.CanonicalRequest(route, ""), scenarios.Refused)
	if none.Status == live.Status && !p.Planning() {
		p.NotRun("%s answers a call without a token with the status of a live one", route)
	}
	taken := func(raw string) (scenarios.Answer, bool) {
		a := p.Send(p.CanonicalRequest(route, p.Respell(t, "huge", raw).Raw), scenarios.Refused)
		return a, a.Err == nil && a.Status == live.Status && !p.Planning()
	}
	if _, lenient := taken(short); lenient {
		p.Note("left out, because what follows a token is not looked at, however short it is")
		return
	}
	a, bad := taken(raw)
	p.Summary("a token of "+kilobytes(raw), "not accepted", http.StatusText(a.Status), 1, !bad)
	if bad {
		p.FailAs(report.StrangerAccepted, report.Where{report.OfToken: "forged", report.InForm: "huge"}, "a token of %s that nobody issued was accepted (%d)", kilobytes(raw), a.Status)
	}
}
