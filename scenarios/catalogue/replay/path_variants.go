package replay

import (
	"slices"

	"github.com/revocheck/revocheck/fixtures/attack/paths"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var pathVariants = scenarios.Scenario{
	ID:          "replay/path-variants",
	Title:       "Another way to write the path does not revive a token",
	Level:       report.Must,
	Requirement: "A logged-out token must not be accepted on any spelling of a protected path, nor with a query that is malformed or asks for another treatment.",
	Refs:        []string{"RFC 3986 section 6.2.2", "CWE-613", "CWE-41", "CWE-647"},
	Fix:         "Check revocation for every path, whatever its query, but those that are known to be open, and match open paths exactly.",
	Run: func(p *scenarios.Play) {
		var forms []scenarios.Form
		for _, r := range p.Contract().Routes {
			plain := func(raw string) scenarios.Request { return p.CanonicalRequest(r, raw) }
			for _, v := range variantsOf(p, r) {
				forms = append(forms, scenarios.Form{Name: v.Name + " of " + r.String(), Plain: plain, Elsewhere: true, Request: func(raw string) scenarios.Request {
					req := plain(raw)
					req.Path = v.Path
					return req
				}})
			}
		}
		p.DeadInEveryForm(forms)
	},
}

// variantsOf leaves out what begins like the logout where the method is the same:
// a router that goes by beginnings would log the token out.
func variantsOf(p *scenarios.Play, r scenarios.Route) []paths.Variant {
	all := paths.All(r.Path)
	for _, open := range openPaths(p.Contract()) {
		if p.IsLogout(r.Method, open) {
			continue
		}
		for _, v := range paths.Through(r.Path, open) {
			v.Name += " (" + open + ")"
			all = append(all, v)
		}
	}
	return all
}

// openPaths are those at which no live token is asked for.
func openPaths(c scenarios.Contract) []string {
	list := []string{c.Login.Path, c.Logout.Path}
	for _, r := range c.OpenRoutes {
		list = append(list, r.Path)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
