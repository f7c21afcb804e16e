package replay

import (
	"net/http"
	"net/url"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// fields are the names under which frameworks look for a token (RFC 6750
// section 2 has the first one).
var fields = []string{"access_token", "token", "jwt"}

var carrierSwap = scenarios.Scenario{
	ID:          "replay/carrier-swap",
	Title:       "A dead token is dead in the query, in a form and in a cookie",
	Level:       report.Must,
	Requirement: "A logged-out token must not be accepted wherever in the request a live one would be.",
	Refs:        []string{"RFC 6750 section 2", "CWE-613"},
	Fix:         "Find the token in one place of the code, for all carriers, and check revocation on what was found.",
	Run: func(p *scenarios.Play) {
		var forms []scenarios.Form
		for _, field := range fields {
			forms = append(forms, inQuery(p, field), inForm(p, field), inCookie(p, field))
		}
		p.DeadInEveryForm(append(forms, inHeader(p)))
	},
}

// bare is the call of the first route without a token.
func bare(p *scenarios.Play) scenarios.Request {
	return p.CanonicalRequest(p.Contract().Routes[0], "")
}

func inQuery(p *scenarios.Play, field string) scenarios.Form {
	return scenarios.Form{Name: "query " + field, Request: func(raw string) scenarios.Request {
		req := bare(p)
		if raw != "" {
			req.Query = url.Values{field: {raw}}
		}
		return req
	}}
}

func inForm(p *scenarios.Play, field string) scenarios.Form {
	return scenarios.Form{Name: "form " + field, Request: func(raw string) scenarios.Request {
		req := bare(p)
		req.Method, req.ContentType = http.MethodPost, "application/x-www-form-urlencoded"
		req.Body = "field=value"
		if raw != "" {
			req.Body = url.Values{field: {raw}}.Encode()
		}
		return req
	}}
}

func inCookie(p *scenarios.Play, field string) scenarios.Form {
	return scenarios.Form{Name: "cookie " + field, Request: func(raw string) scenarios.Request {
		req := bare(p)
		if raw != "" {
			req.Cookies = []*http.Cookie{{Name: field, Value: raw}}
		}
		return req
	}}
}

func inHeader(p *scenarios.Play) scenarios.Form {
	return scenarios.Form{Name: "header Authorization", Request: func(raw string) scenarios.Request {
		req := bare(p)
		if raw != "" {
			req.Header.Set("Authorization", "Bearer "+raw)
		}
		return req
	}}
}
