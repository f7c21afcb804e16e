package respelling

import (
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/fixtures/attack/spelling"
	"github.com/revocheck/revocheck/scenarios"
)

// form sends the spellings of one family over one route.
type form struct {
	p      *scenarios.Play
	family spelling.Family
	// write gives a token's spellings, or says why there are none.
	write func(raw string) ([]spelling.Spelling, string)
	route scenarios.Route
	// aside: the spellings travel beside the target's carrier, where a logout
	// need not look for them.
	aside bool
	live  int // status of the canonical live answer
}

// ofFamily writes a family that needs nothing but the token.
func ofFamily(family spelling.Family) func(string) ([]spelling.Spelling, string) {
	return func(raw string) ([]spelling.Spelling, string) {
		return spelling.Of(raw, family), spelling.Absent(raw, family)
	}
}

// spellings are those of a token that can travel in the target's carrier.
func (f form) spellings(t *scenarios.Token) []spelling.Spelling {
	made, _ := f.write(t.Raw)
	fit := f.fitting(made)
	if n := len(made) - len(fit); n > 0 {
		f.p.Note("%d of %d spellings cannot travel in the target's carrier (%s)", n, len(made), f.p.Contract().Carrier.In)
	}
	return fit
}

func (f form) fitting(made []spelling.Spelling) []spelling.Spelling {
	var fit []spelling.Spelling
	for _, s := range made {
		if f.fits(s) {
			fit = append(fit, s)
		}
	}
	return fit
}

func (f form) fits(s spelling.Spelling) bool {
	c := f.p.Contract().Carrier
	if s.Fields != nil {
		return true // it brings its own
	}
	if s.Kind == spelling.OfHeader && !c.Bearer() {
		return false
	}
	return s.Fits(map[string]spelling.Carrier{"query": spelling.Query, "cookie": spelling.Cookie}[c.In])
}

// find gives a token's spelling of a name; false if it has none.
func (f form) find(t *scenarios.Token, name string) (spelling.Spelling, bool) {
	made, _ := f.write(t.Raw)
	for _, s := range made {
		if s.Name == name {
			return s, true
		}
	}
	return spelling.Spelling{}, false
}

// send calls the route with a spelling.
func (f form) send(s spelling.Spelling, want scenarios.Outcome) scenarios.Answer {
	if s.Kind == spelling.OfToken {
		return f.p.SendMalformed(f.p.CanonicalRequest(f.route, s.Token), want)
	}
	req := f.p.CanonicalRequest(f.route, "")
	put(&req, s)
	return f.p.SendMalformed(req, want)
}

// logoutRequest is the logout of a token with a spelling of it.
func (f form) logoutRequest(t *scenarios.Token, s spelling.Spelling) scenarios.Request {
	if s.Kind == spelling.OfToken {
		return f.p.LogoutRequest(f.p.Respell(t, s.Name, s.Token))
	}
	req := f.p.LogoutRequest(t)
	f.drop(&req)
	put(&req, s)
	return req
}

// put writes a spelling into a request that carries no token.
func put(req *scenarios.Request, s spelling.Spelling) {
	switch s.Kind {
	case spelling.OfHeader:
		req.Header["Authorization"] = s.Lines()
	case spelling.OfQuery:
		var pairs []string
		for _, field := range s.Fields {
			pairs = append(pairs, field.Name+"="+field.Value)
		}
		req.RawQuery = strings.Join(pairs, "&")
	case spelling.OfCookie:
		for _, field := range s.Fields {
			req.Cookies = append(req.Cookies, &http.Cookie{Name: field.Name, Value: field.Value})
		}
	}
}

// drop takes the token out of the target's carrier.
func (f form) drop(req *scenarios.Request) {
	c := f.p.Contract().Carrier
	switch c.In {
	case "query":
		req.Query.Del(c.Name)
	case "cookie":
		req.Cookies = nil
	default:
		req.Header.Del(c.Name)
	}
}

// same reports whether an answer is the one that a live token gets. One that
// is not about the token stops the scenario.
func (f form) same(t *scenarios.Token, a scenarios.Answer) bool {
	switch o := f.p.Judge(f.route, t, a); o {
	case scenarios.NoAnswer, scenarios.Throttled, scenarios.Unsubscribed:
		f.p.Inconclusive("a call with %s in another spelling says nothing about revocation: %s", t, o)
	case scenarios.Accepted:
		return a.Status == f.live
	}
	return false
}
