package replay

import (
	"slices"

	"github.com/revocheck/revocheck/fixtures/attack/methods"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var everyRouteAndMethod = scenarios.Scenario{
	ID:          "replay/every-route-and-method",
	Title:       "A dead token is dead on every route, by every method",
	Level:       report.Must,
	Requirement: "A logged-out token must not be accepted on any protected route by any method.",
	Refs:        []string{"RFC 9110 section 9", "CWE-613", "CWE-650", "OWASP ASVS 5.0 V7.4.1"},
	Fix:         "Check revocation before the method is looked at; HEAD, OPTIONS and safe methods are no exception.",
	Run: func(p *scenarios.Play) {
		var forms []scenarios.Form
		for _, m := range slices.Concat(methods.All(), methods.Unusual()) {
			for _, f := range p.EachRoute(m+" at", func(r *scenarios.Request) { r.Method = m }) {
				f.Elsewhere = true
				forms = append(forms, f)
			}
		}
		p.DeadInEveryForm(withoutLogouts(p, forms))
	},
}

// withoutLogouts leaves out what logs the token out, as DELETE does where GET of
// the same path shows the session.
func withoutLogouts(p *scenarios.Play, forms []scenarios.Form) []scenarios.Form {
	return slices.DeleteFunc(forms, func(f scenarios.Form) bool {
		req := f.Request("")
		if !p.IsLogout(req.Method, req.Path) {
			return false
		}
		p.Note("left out, because it is the logout: %s", f.Name)
		return true
	})
}
