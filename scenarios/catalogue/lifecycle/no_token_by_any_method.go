package lifecycle

import (
	"cmp"
	"crypto/rand"
	"net/http"
	"slices"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var noTokenByAnyMethod = scenarios.Scenario{
	ID:    "lifecycle/no-token-by-any-method",
	Title: "A protected path serves nobody without a token, by any method",
	Level: report.Should,
	Requirement: "A method of a protected path should not be answered with success to a call without a token, if one of a path that nobody has " +
		"is not; it must not if the target declares the method, or if the call reaches the backend.",
	Refs:  []string{"CWE-306", "CWE-650", "CWE-862", "OWASP ASVS 5.0 V8.3.1", "RFC 9110 section 9"},
	Alone: true, // the hit counter says what a call has reached
	Fix:   "Ask for a token by path and for every method: a check that is registered method by method leaves out the next one. Declare what is meant to be open under open_routes.",
	Run: func(p *scenarios.Play) {
		p.Call(p.Login("alice", "T"), scenarios.WantAccepted)
		n := 0
		for _, r := range p.Contract().Routes {
			for _, method := range methodsOf(p.Contract(), r) {
				refuseBare(p, r, method)
				n++
			}
		}
		p.Summary("each method of each protected path without a token", "no success", "no success", n, true)
	},
}

// methodsOf are those of a path, its own first, that nobody says to be open. OPTIONS
// and TRACE are about the connection between the two, and open to many.
func methodsOf(c scenarios.Contract, r scenarios.Route) []string {
	all := []string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
	return slices.DeleteFunc(all, func(method string) bool {
		return declares(c.OpenRoutes, r.Path, method) || method == c.Logout.Method && r.Path == c.Logout.Path
	})
}

// declares reports whether a method of a path is among the routes; HEAD goes with
// GET.
func declares(routes []scenarios.Route, path, method string) bool {
	return slices.ContainsFunc(routes, func(r scenarios.Route) bool {
		own := r.Method
		if own == "" {
			own = http.MethodGet
		}
		return r.Path == path && (own == method || own == http.MethodGet && method == http.MethodHead)
	})
}

func refuseBare(p *scenarios.Play, r scenarios.Route, method string) {
	req := p.CanonicalRequest(r, "")
	req.Method = method
	if method != http.MethodPost && method != http.MethodPut && method != http.MethodPatch {
		req.Body, req.ContentType = "", ""
	}
	a := p.SendMalformed(req, scenarios.Refused)
	if p.Planning() || !served(a) {
		return
	}
	nobodys := req
	nobodys.Path = "/" + rand.Text()
	if served(p.SendMalformed(nobodys, scenarios.Refused)) {
		p.Note("left out, because a path that nobody has is answered alike: %s %s", method, r.Path)
		return
	}
	p.Summary(method+" "+r.Path+" without a token", "no success", http.StatusText(a.Status), 1, false)
	where := whereBare(p.Contract().Routes[0], r, method)
	found := "%s %s without a token is answered %d, and one of a path that nobody has is not"
	switch {
	case declares(p.Contract().Routes, r.Path, method):
		p.FailBinding(report.StrangerAccepted, where, found+"; the target file says that it is protected", method, r.Path, a.Status)
	case reachesBackend(p, req):
		p.FailBinding(report.StrangerAccepted, where, found+"; it reached the backend", method, r.Path, a.Status)
	}
	p.FailAs(report.StrangerAccepted, where, found, method, r.Path, a.Status)
}

// whereBare says in what a call of the route by that method differs from the plainest
// one.
func whereBare(first, r scenarios.Route, method string) report.Where {
	where := report.Where{}
	if method != cmp.Or(first.Method, http.MethodGet) {
		where[report.ByMethod] = method
	}
	if r.Path != first.Path {
		where[report.OnRoute] = r.Path
	}
	return where
}

func served(a scenarios.Answer) bool {
	return a.Err == nil && a.Status >= 200 && a.Status < 300
}

// reachesBackend sends a request again, where the hit counter can be read.
func reachesBackend(p *scenarios.Play, req scenarios.Request) bool {
	if !p.Has(scenarios.Hits) {
		return false
	}
	p.Hits().Mark()
	p.SendMalformed(req, scenarios.Refused)
	return p.Hits().Moved()
}
