package replay

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// fields are the names under which frameworks look for a token (RFC 6750
// section 2 has the first one).
var fields = []string{"access_token", "token", "jwt"}

var carrierSwap = scenarios.Scenario{
	ID:          "replay/carrier-swap",
	Title:       "A dead token is dead in the query, in a body, in a cookie and in other headers",
	Level:       report.Must,
	Requirement: "A logged-out token must not be accepted wherever in the request a live one would be.",
	Refs:        []string{"RFC 6750 section 2", "CWE-613"},
	Fix:         "Find the token in one place of the code, for all carriers, and check revocation on what was found.",
	Run: func(p *scenarios.Play) {
		p.DeadInEveryForm(slices.Concat(inFields(p), inHeaders(p), inBodies(p), inPath(p)))
	},
}

// inFields are the places for a named value, by the names that are looked for.
func inFields(p *scenarios.Play) []scenarios.Form {
	var forms []scenarios.Form
	for _, field := range fields {
		forms = append(forms, inQuery(p, field), inForm(p, field), inCookie(p, field))
	}
	for _, field := range []string{"id_token", "auth", "authorization", "bearer_token", "api_key", "auth_token"} {
		forms = append(forms, inQuery(p, field))
	}
	for _, field := range []string{"session", "id_token", "auth", "Authorization", "auth_token", "__Host-token"} {
		forms = append(forms, inCookie(p, field))
	}
	return append(forms, inChunks(p, "token"), inChunks(p, "access_token"))
}

// bare is the call of the first route without a token.
func bare(p *scenarios.Play) scenarios.Request {
	return p.CanonicalRequest(p.Contract().Routes[0], "")
}

// orNobodys stands in for a token where there is none, so that a gateway which
// turns away what it does not know in a place answers both alike.
func orNobodys(raw string) string {
	if raw == "" {
		return "nobodys.token.here"
	}
	return raw
}

func inQuery(p *scenarios.Play, field string) scenarios.Form {
	return scenarios.Form{Name: "query " + field, Request: func(raw string) scenarios.Request {
		req := bare(p)
		req.Query = url.Values{field: {orNobodys(raw)}}
		return req
	}}
}

func inForm(p *scenarios.Play, field string) scenarios.Form {
	return scenarios.Form{Name: "form " + field, Request: func(raw string) scenarios.Request {
		req := bare(p)
		req.Method, req.ContentType = http.MethodPost, "application/x-www-form-urlencoded"
		req.Body = url.Values{field: {orNobodys(raw)}}.Encode()
		return req
	}}
}

func inCookie(p *scenarios.Play, field string) scenarios.Form {
	return scenarios.Form{Name: "cookie " + field, Request: func(raw string) scenarios.Request {
		req := bare(p)
		req.Cookies = []*http.Cookie{{Name: field, Value: orNobodys(raw)}}
		return req
	}}
}

// inChunks is how a cookie is sent that was too long for one.
func inChunks(p *scenarios.Play, field string) scenarios.Form {
	return scenarios.Form{Name: "cookies " + field + ".0 and .1", Request: func(raw string) scenarios.Request {
		req, whole := bare(p), orNobodys(raw)
		half := len(whole) / 2
		req.Cookies = []*http.Cookie{{Name: field + ".0", Value: whole[:half]}, {Name: field + ".1", Value: whole[half:]}}
		return req
	}}
}
