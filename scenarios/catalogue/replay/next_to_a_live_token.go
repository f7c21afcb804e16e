package replay

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var nextToALiveToken = scenarios.Scenario{
	ID:          "replay/next-to-a-live-token",
	Title:       "A live token does not carry a dead one through",
	Level:       report.Must,
	Requirement: "A request with a logged-out token and another user's live one must never be answered for the logged-out user.",
	Refs:        []string{"RFC 6750 section 2", "CWE-613", "CWE-436"},
	Needs:       []scenarios.Capability{scenarios.TwoUsers, scenarios.Identity},
	Fix:         "Refuse requests with more than one token, or check and serve the very same one.",
	Run: func(p *scenarios.Play) {
		dead := p.Login("alice", "T")
		live := p.Login("bob", "B")
		p.Call(dead, scenarios.WantAccepted)
		theirs := p.Call(live, scenarios.WantAccepted)
		if !p.Planning() && p.Judge(p.Contract().Routes[0], dead, theirs) == scenarios.Accepted {
			p.Undeclared(scenarios.Identity, "both users are answered with the same identity")
		}
		p.Logout(dead, scenarios.Acknowledged)
		p.Call(dead, scenarios.WantRefused)
		mixtures := mixtures(p)
		for _, m := range mixtures {
			judgeMixture(p, m, dead, live)
		}
		p.Summary("both tokens in one request, in each order and carrier", "not answered for alice", "not answered for alice", len(mixtures), true)
		p.Call(live, scenarios.WantAccepted)
		p.Call(dead, scenarios.WantRefused)
	},
}

// mixture is a request that carries two tokens.
type mixture struct {
	name string
	make func(first, second string) scenarios.Request
}

// carriersOf the tokens of a mixture: the target's own, and others.
func carriersOf(c scenarios.Carrier) (own string, all []string) {
	all = []string{"header", "query", "form", "cookie"}
	if c.In == "header" && strings.EqualFold(c.Name, "Authorization") {
		return "header", all
	}
	return theTargets, append(all, theTargets)
}

const theTargets = "the target's carrier"

func mixtures(p *scenarios.Play) []mixture {
	var all []mixture
	own, carriers := carriersOf(p.Contract().Carrier)
	for _, a := range carriers {
		for _, b := range carriers {
			all = append(all, mixture{a + " then " + b, func(first, second string) scenarios.Request {
				req := bare(p)
				put(p, &req, a, first)
				put(p, &req, b, second)
				return req
			}})
		}
	}
	for _, name := range otherPlaces {
		all = append(all, mixture{own + " then " + name, func(first, second string) scenarios.Request {
			req := bare(p)
			put(p, &req, own, first)
			putElsewhere(&req, name, second)
			return req
		}})
	}
	return append(all, mixture{"one header with a comma", func(first, second string) scenarios.Request {
		req := bare(p)
		req.Header.Set("Authorization", "Bearer "+first+", Bearer "+second)
		return req
	}})
}

// otherPlaces may be where the check looks, and not what is served, under names
// that are less usual than those of the carriers.
var otherPlaces = []string{
	"query token", "query jwt", "cookie token", "cookie jwt", "cookie session",
	"header X-Access-Token", "header X-Auth-Token", "header X-Authorization",
}

func putElsewhere(req *scenarios.Request, place, raw string) {
	switch kind, name, _ := strings.Cut(place, " "); kind {
	case "query":
		req.Query = url.Values{name: {raw}}
	case "cookie":
		req.Cookies = []*http.Cookie{{Name: name, Value: raw}}
	case "header":
		req.Header.Set(name, raw)
	}
}

func put(p *scenarios.Play, req *scenarios.Request, carrier, raw string) {
	switch carrier {
	case theTargets:
		req.Carry(p.Contract().Carrier, raw)
	case "header":
		req.Header.Add("Authorization", "Bearer "+raw)
	case "query":
		if req.Query == nil {
			req.Query = url.Values{}
		}
		req.Query.Add("access_token", raw)
	case "form":
		req.Method, req.ContentType = http.MethodPost, "application/x-www-form-urlencoded"
		if req.Body != "" {
			req.Body += "&"
		}
		req.Body += url.Values{"access_token": {raw}}.Encode()
	case "cookie":
		req.Cookies = append(req.Cookies, &http.Cookie{Name: "access_token", Value: raw})
	}
}

// judgeMixture goes by whose identity answers: a gateway that uses the live
// token, or refuses the request, is sound.
func judgeMixture(p *scenarios.Play, m mixture, dead, live *scenarios.Token) {
	for _, order := range [][2]*scenarios.Token{{dead, live}, {live, dead}} {
		forDead := func(first, second string) (scenarios.Answer, bool) {
			a := p.Send(m.make(first, second), scenarios.Refused)
			return a, p.Judge(p.Contract().Routes[0], dead, a) == scenarios.Accepted
		}
		a, served := forDead(order[0].Raw, order[1].Raw)
		if !served {
			continue
		}
		instead := func(of *scenarios.Token, raw string) bool {
			both := map[*scenarios.Token]string{dead: dead.Raw, live: live.Raw, of: raw}
			_, served := forDead(both[order[0]], both[order[1]])
			return served
		}
		blame, why := p.Blame(scenarios.Oddity{
			With:    func() bool { return instead(dead, dead.Raw) },
			Without: func() bool { return instead(live, orNobodys("")) },
			Forged:  func() bool { return instead(dead, scenarios.TamperedSignature(dead.Raw)) },
		})
		what := fmt.Sprintf("%s and %s (%s)", order[0], order[1], m.name)
		p.Summary(what, "not answered for alice", fmt.Sprintf("answered for alice (%d)", a.Status), 1, false)
		p.FailBy(blame, dead, report.Where{report.InForm: "beside a live token: " + m.name}, "the logged-out %s was served beside the live %s: %s%s", dead, live, m.name, why)
	}
}
