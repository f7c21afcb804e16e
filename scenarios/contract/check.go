package contract

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"
)

// Problem is one thing wrong with a contract.
type Problem struct {
	// Key of the target file, such as "routes[0].path".
	Key  string
	What string
}

// String is "key: what".
func (p Problem) String() string { return p.Key + ": " + p.What }

type problems []Problem

func (p *problems) add(when bool, key, what string, args ...any) {
	if when {
		*p = append(*p, Problem{key, fmt.Sprintf(what, args...)})
	}
}

// Problems lists what is missing from the contract or contradicts itself. An
// empty list means that scenarios can be run by it.
func (c Contract) Problems() []Problem {
	var p problems
	c.checkKeys(&p)
	c.checkEndpoints(&p)
	c.checkUsers(&p)
	c.checkLogin(&p)
	c.checkLogout(&p)
	c.checkRefresh(&p)
	c.checkRevokeAll(&p)
	c.Introspect.check(&p)
	c.checkRoutes(&p)
	c.checkRefusal(&p)
	c.checkRest(&p)
	return p
}

func (c Contract) checkEndpoints(p *problems) {
	p.add(c.TLS.Cert != "" && c.TLS.Key == "", "tls.cert", "a certificate is shown with its private key: tls.key names the file")
	p.add(c.TLS.Key != "" && c.TLS.Cert == "", "tls.key", "a private key goes with its certificate: tls.cert names the file")
	p.add(len(c.Endpoints) == 0, "endpoints", "at least one base URL is needed, such as https://gateway.example")
	for i, e := range c.Endpoints {
		p.addBase(fmt.Sprintf("endpoints[%d]", i), e)
	}
	for i, e := range c.Endpoints {
		p.add(slices.Index(c.Endpoints, e) < i, fmt.Sprintf("endpoints[%d]", i), "%s is listed twice: each endpoint is a replica of its own", e)
	}
}

// addBase checks a URL that paths are appended to. What is in it is not
// repeated: it may be a secret.
func (p *problems) addBase(path, raw string) {
	p.addURL(path, raw)
	p.add(strings.ContainsAny(raw, "?#"), path, "it is the beginning of every URL and has no query and no fragment")
}

func (p *problems) addURL(path, raw string) {
	u, err := url.Parse(raw)
	bad := err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https"
	p.add(bad, path, "%q is not an http or https URL", raw)
}

func (c Contract) checkUsers(p *problems) {
	p.add(len(c.Users) == 0, "users", "at least one user who can log in is needed")
	for i, u := range c.Users {
		at := fmt.Sprintf("users[%d]", i)
		p.add(u.Name == "", at+".name", "a user needs a name")
		p.add(u.Password == "" && c.needsPassword(), at+".password", "user %q needs a password; take it from the environment with ${NAME}", u.Name)
		again := slices.IndexFunc(c.Users, func(o User) bool { return o.Name == u.Name }) < i
		p.add(again, at+".name", "user %q is listed twice", u.Name)
	}
}

func (c Contract) checkLogout(p *problems) {
	p.addPlace("logout", c.Logout.Path, c.Logout.URL, "the logout")
	p.add(c.Logout.CutOff != 0 && c.Logout.Scope != ScopeUser, "logout.cut_off_granularity", "a cut-off in time ends all of a user's tokens: it goes with scope: user")
	p.add(c.Logout.Encoding != "" && c.Logout.TokenField == "" && len(c.Logout.Fields) == 0, "logout.encoding", "it is how token_field and fields are written, which are missing")
	c.checkLogoutFields(p)
}

func (c Contract) checkRoutes(p *problems) {
	p.add(len(c.Routes) == 0, "routes", "at least one protected route is needed")
	p.addRoutes("routes", c.Routes)
	p.addRoutes("open_routes", c.OpenRoutes)
	c.checkStreams(p)
	for i, o := range c.OpenRoutes {
		protected := slices.ContainsFunc(c.Routes, func(r Route) bool { return r.String() == o.String() })
		p.add(protected, fmt.Sprintf("open_routes[%d]", i), "%s is listed as protected and as open", o)
	}
}

func (p *problems) addRoutes(path string, routes []Route) {
	for i, r := range routes {
		at := fmt.Sprintf("%s[%d]", path, i)
		p.add(!strings.HasPrefix(r.Path, "/"), at+".path", "the path of a route begins with /")
	}
}

func (c Contract) checkRefusal(p *problems) {
	for _, s := range c.WithDefaults().Refusal.Statuses {
		p.add(c.Outage.Has(s), "outage", "%d is declared as a refusal and as an outage: they must differ", s)
		for i, r := range c.Routes {
			p.add(r.Accepts(s), fmt.Sprintf("routes[%d]", i), "%d is an accepted status of %s and a declared refusal: they must differ", s, r)
		}
	}
}

func (c Contract) checkRest(p *problems) {
	p.add(c.Carrier.Scheme != "" && c.Carrier.In != "" && c.Carrier.In != "header", "carrier.scheme", "only a header has a scheme")
	c.checkCarrier(p)
	for name, value := range c.Headers {
		p.add(value == "", "headers."+name, "it is empty; leave it out, or give it a value")
	}
	c.checkHits(p)
	if c.Backend != "" {
		p.addBase("backend", c.Backend)
	}
	if c.Signing != nil {
		p.add((c.Signing.Key == "") == (c.Signing.KeyFile == ""), "signing", "give either key (HS256, HS384, HS512) or key_file (the others)")
		p.add(c.Signing.Alg == "", "signing.alg", "the algorithm is needed")
	}
}

func (c Contract) checkHits(p *problems) {
	if c.Hits == nil {
		return
	}
	if base, _ := c.Hits.Split(); base == "" {
		p.add(!strings.HasPrefix(c.Hits.URL, "/"), "hits.url", "it is a URL, or a path at the first endpoint, which begins with /")
	}
}

// checkCarrier sees to it that nothing else stands where the token goes.
func (c Contract) checkCarrier(p *problems) {
	carrier := c.WithDefaults().Carrier
	p.add(carrier.In != "query" && !httpguts.ValidHeaderFieldName(carrier.Name), "carrier.name", "%q cannot be the name of a %s", carrier.Name, carrier.In)
	if carrier.In != "header" {
		return
	}
	taken := func(at string, headers map[string]string, instead string) {
		for name := range headers {
			p.add(strings.EqualFold(name, carrier.Name), at+"."+name, "the token travels in this header; %s", instead)
		}
	}
	taken("headers", c.Headers, "leave it out")
	for i, r := range c.Routes {
		taken(fmt.Sprintf("routes[%d].headers", i), r.Headers, "leave it out")
	}
	if c.Logout.TokenField == "" && len(c.Logout.Fields) == 0 {
		taken("logout.headers", c.Logout.Headers, "a logout with the credentials of a client has the token in logout.token_field or logout.fields (RFC 7009 section 2.1)")
	}
}
