package replay

import (
	"maps"

	"github.com/revocheck/revocheck/fixtures/attack/headers"
	"github.com/revocheck/revocheck/scenarios"
)

// throughOpenPaths are calls of open paths with a header that names a protected
// one: a backend that routes by the header takes the token for checked.
func throughOpenPaths(p *scenarios.Play, r scenarios.Route) []scenarios.Form {
	var forms []scenarios.Form
	for _, open := range []string{openPath(p), "/"} {
		if open == r.Path || p.IsLogout(p.CanonicalRequest(r, "").Method, open) {
			continue
		}
		plain := func(raw string) scenarios.Request {
			req := p.CanonicalRequest(r, raw)
			req.Path = open
			return req
		}
		for _, v := range headers.Naming(r.Path) {
			forms = append(forms, scenarios.Form{Name: "a call of " + open + " with the header " + v.Name + " of " + r.String(), Plain: plain, Elsewhere: true, Request: func(raw string) scenarios.Request {
				req := plain(raw)
				maps.Copy(req.Header, v.Header)
				return req
			}})
		}
	}
	return forms
}
