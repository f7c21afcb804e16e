package preflight

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// malformed is the problem of a call that the gateway takes from nobody, with a
// token or without, because of how it is made.
func (t Target) malformed(ctx context.Context, s RouteSeen) Problem {
	live := s.live()
	if !t.undeclared(s, live) {
		return Problem{}
	}
	toAll := s.Without == s.With && s.notAToken.Status == s.With
	seen := fmt.Sprintf("%s answers %d %s to a live token", s.Route, s.With, http.StatusText(s.With))
	if toAll {
		seen += ", and without one"
	}
	switch live.Status {
	case http.StatusBadRequest, http.StatusLengthRequired, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		key := s.Key + ".body"
		if s.Route.Body != "" {
			key = s.Key + ".content_type"
		}
		if write := t.otherBody(ctx, s); write != "" {
			return wrong(key, seen+"; it takes another body", write)
		}
		if toAll {
			return wrong(key, seen, "write the body, content_type and headers that the gateway wants there")
		}
	case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		if toAll {
			return t.moved(s.Key+".path", s.Route.Path, seen, live)
		}
	}
	return Problem{}
}

// otherBody tries the bodies that operations without meaning take, and gives the
// lines of one that the route accepts with a live token and refuses otherwise.
func (t Target) otherBody(ctx context.Context, s RouteSeen) (write string) {
	if s.Route.Method == http.MethodGet || s.Route.Method == http.MethodHead {
		return ""
	}
	for _, kind := range []struct{ contentType, body string }{
		{"application/json", cmp.Or(s.Route.Body, "{}")}, {"application/x-www-form-urlencoded", cmp.Or(s.Route.Body, "a=b")},
	} {
		other := s
		other.Route.ContentType, other.Route.Body = kind.contentType, kind.body
		if !t.takes(ctx, other, t.Contract.Carrier, s.liveToken) {
			continue
		}
		if s.Route.Body == "" {
			return fmt.Sprintf("write body: '%s' and content_type: %s", kind.body, kind.contentType)
		}
		return "write content_type: " + kind.contentType
	}
	return ""
}

// moved is the problem of a path that the target redirects to the same one
// elsewhere: to https, to another host, or with another slash or case.
func (t Target) moved(key, path, seen string, a wire.Answer) Problem {
	base, err := url.Parse(t.Endpoints[0])
	to, wrongTo := url.Parse(a.Header.Get("Location"))
	if err != nil || wrongTo != nil || a.Header.Get("Location") == "" {
		return Problem{}
	}
	asked, err := base.Parse(strings.TrimSuffix(base.Path, "/") + path)
	if err != nil {
		return Problem{}
	}
	to = asked.ResolveReference(to)
	plain := func(p string) string { return strings.ToLower(strings.Trim(p, "/")) }
	if plain(to.Path) != plain(asked.Path) {
		return Problem{} // a page for logins, most likely
	}
	seen += ": it redirects to " + contract.WithoutSecrets(to.String())
	if to.Scheme != asked.Scheme || to.Host != asked.Host {
		return wrong("endpoints[0]", seen, fmt.Sprintf("write %s://%s", to.Scheme, to.Host+strings.TrimSuffix(base.Path, "/")))
	}
	return wrong(key, seen, "write path: "+strings.TrimPrefix(to.Path, strings.TrimSuffix(base.Path, "/")))
}
