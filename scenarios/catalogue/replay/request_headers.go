package replay

import (
	"crypto/rand"
	"maps"
	"net/http"
	"slices"

	"github.com/revocheck/revocheck/fixtures/attack/headers"
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
		tag := entityTag(p)
		forms := []scenarios.Form{preflight(p)}
		for _, r := range p.Contract().Routes {
			list := append(headers.All(openPath(p), rand.Text()), tag...) // who stores answers by a key has one of each route
			forms = slices.Concat(forms, withHeaders(p, r, list), keyedPost(p, r), throughOpenPaths(p, r))
		}
		p.DeadInEveryForm(forms)
	},
}

func withHeaders(p *scenarios.Play, r scenarios.Route, list []headers.Variant) []scenarios.Form {
	var forms []scenarios.Form
	for _, v := range list {
		plain := func(raw string) scenarios.Request { return p.CanonicalRequest(r, raw) }
		forms = append(forms, scenarios.Form{Name: "a call with the header " + v.Name + " of " + r.String(), Plain: plain, Elsewhere: true, Request: func(raw string) scenarios.Request {
			req := plain(raw)
			maps.Copy(req.Header, v.Header)
			if v.Header.Get("Content-Type") != "" {
				req.ContentType = "" // or the route's own would be sent
			}
			return req
		}})
	}
	return forms
}

// keyedPost is a POST with a key under which gateways store the answer, where
// the route has another method.
func keyedPost(p *scenarios.Play, r scenarios.Route) []scenarios.Form {
	if p.CanonicalRequest(r, "").Method == http.MethodPost || p.IsLogout(http.MethodPost, r.Path) {
		return nil
	}
	key := rand.Text()
	plain := func(raw string) scenarios.Request {
		req := p.CanonicalRequest(r, raw)
		req.Method = http.MethodPost
		return req
	}
	return []scenarios.Form{{Name: "a POST with an idempotency key to " + r.Path, Plain: plain, Elsewhere: true, Request: func(raw string) scenarios.Request {
		req := plain(raw)
		req.Header.Set("Idempotency-Key", key)
		return req
	}}}
}

// preflight is what a browser asks before a call from another origin, if it
// sent the token with it, which it does not.
func preflight(p *scenarios.Play) scenarios.Form {
	return scenarios.Form{Name: "a preflight request", Elsewhere: true, Request: func(raw string) scenarios.Request {
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
