package replay

import (
	"crypto/rand"
	"maps"
	"net/http"

	"github.com/revocheck/revocheck/fixtures/headers"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var requestHeaders = scenarios.Scenario{
	ID:    "replay/request-headers",
	Title: "No other header revives a dead token",
	Level: report.Must,
	Requirement: "A logged-out token must not be accepted because of another header: one that says that the call comes from " +
		"the inside, is for another place, of another kind, or can be answered from a store.",
	Refs: []string{"CWE-613", "CWE-290", "CWE-348", "CVE-2025-29927"},
	Fix:  "Check revocation whatever else the request says; take what proxies add from proxies alone, and check before a cache answers.",
	Run: func(p *scenarios.Play) {
		p.DeadInEveryForm(withHeaders(p, append(headers.All(openPath(p), rand.Text()), entityTag(p)...)))
	},
}

func withHeaders(p *scenarios.Play, list []headers.Variant) []scenarios.Form {
	var forms []scenarios.Form
	for _, v := range list {
		forms = append(forms, scenarios.Form{Name: "a call with the header " + v.Name, Request: func(raw string) scenarios.Request {
			req := p.CanonicalRequest(p.Contract().Routes[0], raw)
			maps.Copy(req.Header, v.Header)
			return req
		}})
	}
	return append(forms, preflight(p))
}

// preflight is what a browser asks before a call from another origin, if it
// sent the token with it, which it does not.
func preflight(p *scenarios.Play) scenarios.Form {
	return scenarios.Form{Name: "a preflight request", Request: func(raw string) scenarios.Request {
		req := p.CanonicalRequest(p.Contract().Routes[0], raw)
		req.Header.Set("Origin", "https://app.example")
		req.Header.Set("Access-Control-Request-Method", req.Method)
		req.Method = http.MethodOptions
		return req
	}}
}

// openPath is a path that everybody may call.
func openPath(p *scenarios.Play) string {
	if open := p.Contract().OpenRoutes; len(open) > 0 {
		return open[0].Path
	}
	return p.Contract().Logout.Path
}

// entityTag is the condition that a client with a copy of the answer sends.
func entityTag(p *scenarios.Play) []headers.Variant {
	tag := p.Call(p.Login("alice", "E"), scenarios.WantAccepted).Header.Get("ETag")
	if tag == "" {
		return nil
	}
	return []headers.Variant{{Name: "stored/entity-tag", Header: map[string][]string{"If-None-Match": {tag}}}}
}
