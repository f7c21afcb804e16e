package lifecycle

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/scenarios"
)

// way is what a client adds to a logout.
type way struct {
	name   string
	change func(*scenarios.Request)
	// elsewhere: a router may hand such a request to something else, whose
	// success is no acknowledgement unless it looks like that of a logout.
	elsewhere bool
}

// acknowledged reports whether a logout was. One that sends the client to another
// page than the plain logout does may have been refused.
func (w way) acknowledged(p *scenarios.Play, a, plain scenarios.Answer) bool {
	if !p.LogoutAcknowledged(a) || a.Header.Get("Location") != plain.Header.Get("Location") {
		return false
	}
	same := a.Status == plain.Status && len(a.Body) == len(plain.Body)
	return same || !w.elsewhere
}

func waysToSend(p *scenarios.Play) []way {
	return slices.Concat(withHeaders(p), withBodies(p), withQuery(p))
}

func withHeaders(p *scenarios.Play) []way {
	own := originOf(p.Endpoint(0))
	byGet := p.Contract().Logout.Method == http.MethodGet // as a page of an application may be had
	return []way{
		setting("the Origin of the gateway", "Origin", own, "Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors"),
		setting("another Origin", "Origin", "https://app.example"),
		{"Accept: text/html", setting("", "Accept", "text/html,application/xhtml+xml").change, byGet},
		setting("X-Requested-With", "Accept", "application/json, text/plain, */*", "X-Requested-With", "XMLHttpRequest"),
		setting("a Referer", "Referer", own+"/account"),
	}
}

// withBodies leaves the body alone where the target has a use of its own for it.
func withBodies(p *scenarios.Play) []way {
	if l := p.Contract().Logout; l.Body != "" || l.TokenField != "" || l.Method == http.MethodGet {
		return nil
	}
	return []way{
		sending("an empty JSON object", "{}", "application/json"),
		sending("a form", "a=b", "application/x-www-form-urlencoded"),
	}
}

func withQuery(p *scenarios.Play) []way {
	if strings.Contains(p.Contract().Logout.Path, "?") {
		return nil
	}
	return []way{{"a query", func(r *scenarios.Request) {
		if r.Query == nil {
			r.Query = url.Values{}
		}
		r.Query.Set("next", "/")
	}, true}}
}

// setting is a way that sets headers, of which names and values alternate.
func setting(name string, headers ...string) way {
	return way{name: name, change: func(r *scenarios.Request) {
		for pair := range slices.Chunk(headers, 2) {
			r.Header.Set(pair[0], pair[1])
		}
	}}
}

func sending(name, body, contentType string) way {
	return way{name: name, change: func(r *scenarios.Request) { r.Body, r.ContentType = body, contentType }}
}

// originOf is the origin of a URL (RFC 6454 section 4).
func originOf(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return base
	}
	return u.Scheme + "://" + u.Host
}
