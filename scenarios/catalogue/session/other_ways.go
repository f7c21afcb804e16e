package session

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var otherWaysToLogOut = scenarios.Scenario{
	ID:    "session/other-ways-to-log-out",
	Title: "An acknowledged logout ends its token, by whatever path or carrier",
	Level: report.Must,
	Requirement: "A logout by another spelling of its path, or with the token in another place where calls accept one, that is acknowledged " +
		"like the plain one must end the token; a target may refuse it instead.",
	Refs: append([]string{"RFC 7009 section 2.1", "RFC 6750 section 2", "CWE-754", "CWE-436"}, refs...),
	Fix:  "Have one handler for the logout, which reads the token wherever calls do, and answer 404 to other spellings of its path; acknowledge nothing that was not done.",
	Run: func(p *scenarios.Play) {
		first := p.Login("alice", "T")
		p.Call(first, scenarios.WantAccepted)
		plain := p.Logout(first, scenarios.Acknowledged)
		p.Call(first, scenarios.WantRefused)
		dead := leave(p, first, plain, append(otherPaths(p, plain), otherCarriers(p)...))
		p.Call(p.Login("alice", "U"), scenarios.WantAccepted)
		for _, t := range append(dead, first) {
			p.CallDead(t, unlike(p, t, first))
		}
	},
}

// way is another logout of a token.
type way struct {
	name    string
	request func(t *scenarios.Token) scenarios.Request
}

// leave logs a token out in each way and gives those whose logout was acknowledged
// like the plain one: they must be dead.
func leave(p *scenarios.Play, first *scenarios.Token, plain scenarios.Answer, ways []way) []*scenarios.Token {
	var dead []*scenarios.Token
	p.RepeatLogins(len(ways), 0.6, func(i int) {
		t := p.Login("alice", "T logged out "+ways[i].name)
		p.Call(t, scenarios.WantAccepted)
		a := p.Send(ways[i].request(t), scenarios.Accepted)
		if !alike(p, a, plain) {
			p.Note("a logout %s is not acknowledged like the plain one (%d)", ways[i].name, a.Status)
			return
		}
		p.Ended(t, a)
		p.CallDead(t, unlike(p, t, first))
		dead = append(dead, t)
	})
	p.Summary("logouts by other paths and carriers", "refused from then on, if acknowledged", fmt.Sprintf("%d acknowledged, and refused from then on", len(dead)), len(ways), true)
	return dead
}

// alike reports whether an answer acknowledges a logout as the plain one was.
func alike(p *scenarios.Play, a, plain scenarios.Answer) bool {
	return p.LogoutAcknowledged(a) && a.Status == plain.Status && len(a.Body) == len(plain.Body) &&
		a.Header.Get("Location") == plain.Header.Get("Location")
}

// unlike has the token whose logout was plain for a control of t, whose name says how
// it was logged out.
func unlike(p *scenarios.Play, t, first *scenarios.Token) scenarios.Oddity {
	_, how, _ := strings.Cut(t.Name, " ")
	return scenarios.Oddity{
		Without: func() bool { return p.Accepts(p.Contract().Routes[0], first, first.Raw) },
		Where:   report.Where{report.InForm: cmp.Or(how, "logged out plainly")},
	}
}

// otherPaths are spellings of the logout's path at which not everything is
// acknowledged: a path that nobody has, spelled likewise, is not.
func otherPaths(p *scenarios.Play, plain scenarios.Answer) []way {
	own := p.Contract().Logout.Path
	if strings.Contains(own, "?") {
		return nil
	}
	probe := p.Login("alice", "P")
	sibling := path.Join(path.Dir(own), strings.ToLower(rand.Text()))
	var ways []way
	for _, s := range []struct {
		name  string
		spell func(string) string
	}{
		{"with a slash at the end of its path", func(path string) string { return strings.TrimSuffix(path, "/") + "/" }},
		{"with .json at the end of its path", func(path string) string { return strings.TrimSuffix(path, "/") + ".json" }},
		{"with its path in upper case", strings.ToUpper},
		{"with two slashes in its path", func(path string) string { return "/" + path }},
	} {
		if s.spell(own) == own {
			continue
		}
		to := func(t *scenarios.Token, path string) scenarios.Request {
			req := p.LogoutRequest(t)
			req.Path = s.spell(path)
			return req
		}
		if !p.Planning() && alike(p, p.Send(to(probe, sibling), scenarios.Refused), plain) {
			p.Note("left out, because a path that nobody has is acknowledged alike: a logout %s", s.name)
			continue
		}
		ways = append(ways, way{s.name, func(t *scenarios.Token) scenarios.Request { return to(t, own) }})
	}
	return ways
}

// otherCarriers are places where calls accept a token, and accept none without it.
func otherCarriers(p *scenarios.Play) []way {
	route := p.Contract().Routes[0]
	probe := p.Login("alice", "C")
	if p.Accepts(route, probe, "") {
		return nil // the route tells nothing
	}
	var ways []way
	for _, c := range carriers(p.Contract().Carrier) {
		call := p.CanonicalRequest(route, "")
		c.put(&call, probe.Raw)
		if p.Judge(route, probe, p.Send(call, scenarios.Accepted)) != scenarios.Accepted {
			continue
		}
		ways = append(ways, way{"with the token in " + c.name, func(t *scenarios.Token) scenarios.Request {
			req := p.LogoutRequest(nil)
			c.put(&req, t.Raw)
			return req
		}})
	}
	return ways
}

type carrier struct {
	name string
	put  func(req *scenarios.Request, raw string)
}

// carriers are the places where frameworks look for a token, but for the target's.
func carriers(own scenarios.Carrier) []carrier {
	var list []carrier
	for _, field := range []string{"access_token", "token", "jwt"} {
		if own.In != "cookie" || own.Name != field {
			list = append(list, carrier{"the cookie " + field, func(req *scenarios.Request, raw string) {
				req.Cookies = append(req.Cookies, &http.Cookie{Name: field, Value: raw})
			}})
		}
		if own.In != "query" || own.Name != field {
			list = append(list, carrier{"the query field " + field, func(req *scenarios.Request, raw string) {
				req.Query = url.Values{field: {raw}}
			}})
		}
	}
	if own.In != "header" || !strings.EqualFold(own.Name, "Authorization") {
		list = append(list, carrier{"the header Authorization", func(req *scenarios.Request, raw string) {
			req.Header.Set("Authorization", "Bearer "+raw)
		}})
	}
	return list
}
