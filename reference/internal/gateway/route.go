package gateway

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// newRouter tells open routes from protected ones by the exact path. A
// pattern router would redirect or clean some spellings of a path, and so
// decide, before the gateway does, what is protected.
func (p *Process) newRouter() http.HandlerFunc {
	open := p.openRoutes()
	return func(w http.ResponseWriter, r *http.Request) {
		if h, ok := open[r.URL.Path]; ok {
			p.Open(r.URL.Path, h)(w, r)
			return
		}
		if p.Config.Streams && r.URL.Path == StreamPath && r.Method == http.MethodGet {
			p.Stream(w, r)
			return
		}
		p.Protect(w, r)
	}
}

func (p *Process) openRoutes() map[string]http.HandlerFunc {
	scrape := promhttp.HandlerFor(p.metrics.registry, promhttp.HandlerOpts{})
	routes := map[string]http.HandlerFunc{
		"/login":                 only(func(w http.ResponseWriter, r *http.Request) { p.Login(w, r) }, http.MethodPost),
		"/logout":                only(func(w http.ResponseWriter, r *http.Request) { p.Logout(w, r) }, http.MethodPost),
		"/public":                read(serveJSON(map[string]string{"route": "public"})),
		"/healthz":               read(serveJSON(map[string]string{"status": "ok"})),
		"/metrics":               read(scrape.ServeHTTP),
		"/.well-known/jwks.json": read(serveJSON(p.Keys.KeySet())),
	}
	if p.Config.Introspection {
		routes[IntrospectionPath] = only(func(w http.ResponseWriter, r *http.Request) { p.Introspect(w, r) }, http.MethodPost)
	}
	rules := p.Config.Sessions
	for path, route := range map[string]struct {
		offered bool
		handler http.HandlerFunc
	}{
		"/refresh":    {rules.Refresh, p.serveRefresh},
		"/revoke":     {rules.Revoke, p.serveRevoke},
		"/logout-all": {rules.LogoutAll, p.serveLogoutAll},
	} {
		if route.offered {
			routes[path] = only(route.handler, http.MethodPost)
		}
	}
	if p.Backend.Echo != nil {
		routes["/backend/hits"] = read(p.Backend.Echo.serveHits)
	}
	return routes
}

// only answers 405 to all but the given methods (RFC 9110, section 15.5.6).
func only(h http.HandlerFunc, methods ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(methods, r.Method) {
			h(w, r)
			return
		}
		for _, m := range methods {
			w.Header().Add("Allow", m)
		}
		WriteError(w, http.StatusMethodNotAllowed, "invalid_request", "this route has no method "+r.Method)
	}
}

func read(h http.HandlerFunc) http.HandlerFunc { return only(h, http.MethodGet, http.MethodHead) }

func serveJSON(v any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { WriteJSON(w, http.StatusOK, v) }
}

// WriteJSON marks every answer of the gateway itself as not to be stored:
// none of them is the same for everybody and for ever.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "the answer cannot be encoded", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	if w.Header().Get("Cache-Control") == "" {
		w.Header().Set("Cache-Control", "no-store")
	}
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // a client that has gone needs no answer
}

// WriteError answers with an error code and the reason, in JSON.
func WriteError(w http.ResponseWriter, status int, code, why string) {
	WriteJSON(w, status, map[string]string{"error": code, "error_description": why})
}
