package replay

import (
	"net/url"

	"github.com/revocheck/revocheck/fixtures/attack/methods"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var methodOverride = scenarios.Scenario{
	ID:          "replay/method-override",
	Title:       "A header that overrides the method does not revive a token",
	Level:       report.Must,
	Requirement: "A logged-out token must not be accepted because a header or field asks for another method.",
	Refs:        []string{"CWE-613", "CWE-650"},
	Fix:         "Check revocation whatever the method is said to be.",
	Run: func(p *scenarios.Play) {
		var forms []scenarios.Form
		for _, o := range methods.Overrides() {
			if p.IsLogout(o.Means, p.Contract().Routes[0].Path) {
				continue
			}
			forms = append(forms, scenarios.Form{Name: o.Name, Plain: sentBy(p, o.Sent), Elsewhere: true, Request: func(raw string) scenarios.Request {
				return overridden(p, o, raw)
			}})
		}
		p.DeadInEveryForm(forms)
	},
}

// sentBy is a call by the method that is on the request line.
func sentBy(p *scenarios.Play, method string) func(raw string) scenarios.Request {
	return func(raw string) scenarios.Request {
		req := p.CanonicalRequest(p.Contract().Routes[0], raw)
		req.Method = method
		return req
	}
}

func overridden(p *scenarios.Play, o methods.Override, raw string) scenarios.Request {
	req := sentBy(p, o.Sent)(raw)
	for k, vs := range o.Header {
		req.Header[k] = vs
	}
	for k, v := range o.Query {
		if req.Query == nil {
			req.Query = url.Values{}
		}
		req.Query.Set(k, v)
	}
	if len(o.Form) > 0 {
		form := url.Values{}
		for k, v := range o.Form {
			form.Set(k, v)
		}
		req.Body, req.ContentType = form.Encode(), "application/x-www-form-urlencoded"
	}
	return req
}
