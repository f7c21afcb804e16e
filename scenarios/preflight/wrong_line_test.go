package preflight_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/remote"
)

// right describes the gateway of shop. Each test changes a line of it.
const right = `endpoints: [URL]
users:
  - {name: alice, password: correct-horse}
  - {name: bob, password: battery-staple}
login: {path: /login}
logout: {path: /logout}
routes:
  - {path: /api/hello, identity: $.sub}
  - {method: POST, path: /api/orders, body: '{"item":"tea"}', content_type: application/json}
open_routes: [{path: /public}]
hits: {url: /backend/hits}
`

// shop is the reference gateway behind a router that knows its paths, with an
// answer of its own for some.
type shop struct {
	gateway gateway.Config
	// instead answers in place of the gateway where it reports true.
	instead func(w http.ResponseWriter, r *http.Request, next http.Handler) bool
}

func (s shop) serve(t *testing.T) string {
	t.Helper()
	d, err := gateway.Start(s.gateway, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	inner := d.Replicas()[0]
	routes := http.NewServeMux()
	for _, pattern := range []string{"POST /login", "POST /logout", "POST /refresh", "POST /logout-all", "GET /api/hello", "POST /api/orders", "GET /api/orders", "GET /public", "GET /backend/hits", "POST /introspect", "GET /api/events"} {
		routes.Handle(pattern, inner)
	}
	routes.HandleFunc("GET /docs", func(http.ResponseWriter, *http.Request) {})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.instead == nil || !s.instead(w, r, inner) {
			routes.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// answering answers a path with a status, whatever is asked.
func answering(path string, status int) func(http.ResponseWriter, *http.Request, http.Handler) bool {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if r.URL.Path != path {
			return false
		}
		w.WriteHeader(status)
		return true
	}
}

// forwardsEveryPath to what is behind it, as a proxy does that knows no routes.
func forwardsEveryPath(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	next.ServeHTTP(w, r)
	return true
}

// redirectsAfterLogout ends the token and leads to a page, as applications for
// browsers do.
func redirectsAfterLogout(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	if r.URL.Path != "/logout" {
		return false
	}
	next.ServeHTTP(httptest.NewRecorder(), r)
	http.Redirect(w, r, "/public", http.StatusFound)
	return true
}

// wantsTheToken takes a logout that carries the token in a field of a form, and
// refuses any other.
func wantsTheToken(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	if r.URL.Path != "/logout" || r.FormValue("token") != "" {
		return false
	}
	w.WriteHeader(http.StatusBadRequest)
	return true
}

// play runs the first scenario by the file and the gateway.
func play(t *testing.T, s shop, file string) (report.Run, string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gateway.yaml")
	if err := os.WriteFile(path, []byte(strings.ReplaceAll(file, "URL", s.serve(t))), 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := remote.Load(path, os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	run, err := scenarios.Run(t.Context(), target, all, scenarios.Options{Only: []string{"lifecycle/logout-ends-token"}})
	return run, path, err
}

var (
	refreshing = shop{gateway: gateway.Config{Sessions: gateway.Sessions{Refresh: true, Rotate: true}}}
	signingOut = shop{gateway: gateway.Config{Sessions: gateway.Sessions{Refresh: true, LogoutAll: true}}}
	nesting    = shop{gateway: gateway.Config{Sessions: gateway.Sessions{Refresh: true, Nested: true}}}
)

// TestAWrongLineEndsTheRun: what the target shows to be wrong in the file is no
// verdict on the target.
func TestAWrongLineEndsTheRun(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shop     shop
		old, new string // in the file
		line     int
		key      string
		says     []string
	}{
		"identity is elsewhere":      {shop{}, "$.sub", "$.name", 8, "routes[0].identity", []string{"nothing at $.name", "write identity: $.sub"}},
		"identity of the user":       {shop{}, "correct-horse}", "correct-horse, identity: u-17}", 3, "users[0].identity", []string{`"alice"`, "write identity: alice"}},
		"scheme":                     {shop{}, "hits:", "carrier: {scheme: Token}\nhits:", 11, "carrier", []string{"401", "scheme: Bearer"}},
		"header and not cookie":      {shop{}, "hits:", "carrier: {in: cookie}\nhits:", 11, "carrier", []string{"name: Authorization, scheme: Bearer"}},
		"cookie and not header":      {shop{gateway: gateway.Config{Lenient: gateway.Lenient{Cookie: true}}, instead: noHeader}, "hits:", "limits: {rate: 500}\nhits:", 1, "carrier", []string{"in: cookie, name: access_token"}},
		"path of the logout":         {shop{}, "/logout", "/signout", 6, "logout.path", []string{"404", "/signout"}},
		"a path that is forwarded":   {shop{instead: forwardsEveryPath}, "/logout", "/signout", 6, "logout.path", []string{"as any path there does", "write path: /logout"}},
		"method of the logout":       {shop{}, "{path: /logout}", "{path: /logout, method: DELETE}", 6, "logout.method", []string{"405", "POST"}},
		"no logout is acknowledged":  {shop{instead: answering("/logout", 401)}, "x", "x", 6, "logout.success", []string{"401", "lives on"}},
		"a logout redirects":         {shop{instead: redirectsAfterLogout}, "x", "x", 6, "logout.success", []string{"302", "write success: [302]"}},
		"a logout wants the token":   {shop{instead: wantsTheToken}, "x", "x", 6, "logout", []string{"400", "token_field: token"}},
		"a protected route is open":  {shop{}, "{path: /api/hello, identity: $.sub}", "{path: /docs}\n  - {path: /api/hello}", 8, "routes[0]", []string{"200 without a token", "not-a-token"}},
		"an open route is protected": {shop{}, "{path: /public}", "{path: /api/orders}", 10, "open_routes[0]", []string{"401 without a token"}},
		"status of a refusal":        {shop{}, "hits:", "refusal: {statuses: [403]}\nhits:", 11, "refusal.statuses", []string{"401", "write statuses: [403, 401]"}},
		"status of an accepted call": {shop{}, "identity: $.sub", "accepted: [204]", 8, "routes[0].accepted", []string{"200", "write accepted: [200]"}},
		"path of a route":            {shop{}, "/api/hello", "/api/helo", 8, "routes[0].path", []string{"404"}},
		"method of a route":          {shop{}, "{path: /api/hello", "{method: PUT, path: /api/hello", 8, "routes[0].method", []string{"405", "GET"}},
		"path of the hits":           {shop{}, "/backend/hits", "/hits", 11, "hits.url", []string{"404"}},
		"count of the hits":          {shop{}, "/backend/hits}", "/backend/hits, count: $.n}", 11, "hits.count", []string{"$.n"}},
		"token is elsewhere":         {shop{instead: loginAnswers(asToken)}, "x", "x", 5, "login.token", []string{"gave no token", "write token: $.data.token"}},
		"token is in a cookie":       {shop{instead: loginAnswers(asCookie)}, "x", "x", 5, "login.token", []string{"write token_cookie: sid"}},
		"the refresh token is taken": {shop{instead: loginAnswers(withRefresh)}, "x", "x", 5, "login.token", []string{"401", "write token: $.jwt"}},
		"a login that redirects":     {shop{instead: loginAnswers(asFound)}, "x", "x", 5, "login.status", []string{"302", "write status: [302]"}},
		"path of the login":          {shop{}, "/login", "/signin", 5, "login.path", []string{"404"}},
		"method of the login":        {shop{}, "{path: /login}", "{path: /login, method: PUT}", 5, "login.method", []string{"405", "POST"}},
		"field of the user":          {shop{}, "{path: /login}", "{path: /login, user_field: username}", 5, "login.user_field", []string{"write user_field: user"}},
		"a form and not JSON":        {shop{instead: formLogin}, "{path: /login}", "{path: /login, user_field: username}", 5, "login.encoding", []string{"write encoding: form"}},
		"password of the first user": {shop{}, "correct-horse", "wrong-horse", 3, "users[0].password", []string{"401", `"bob" did log in`}},
		"password of the second":     {shop{}, "battery-staple", "wrong-staple", 4, "users[1].password", []string{"401"}},
		"another service":            {shop{instead: func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool { http.NotFound(w, r); return true }}, "x", "x", 1, "endpoints[0]", []string{"404", "base URL"}},
		"another replica":            {shop{}, "[URL]", "[URL, URL/elsewhere]", 1, "endpoints[1]", []string{"404", "replica of the same gateway"}},
		"http and not https":         {shop{instead: toHTTPS}, "x", "x", 1, "endpoints[0]", []string{"308", "write https://"}},
		"a slash is missing":         {shop{instead: addsASlash}, "x", "x", 8, "routes[0].path", []string{"301", "write path: /api/hello/"}},
		"a body is missing":          {shop{instead: wantsABody}, ", body: '{\"item\":\"tea\"}', content_type: application/json", "", 9, "routes[1].body", []string{"400", "write body"}},
		"a media type is missing":    {shop{instead: wantsJSON}, ", content_type: application/json", "", 9, "routes[1].content_type", []string{"415", "application/json"}},
		"an identity in plain text":  {shop{instead: shows(plainText)}, "x", "x", 8, "routes[0].identity", []string{"not JSON"}},
		"a number is the identity":   {shop{instead: shows(numbers)}, "correct-horse}", "correct-horse, identity: \"17\"}", 8, "routes[0].identity", []string{"write identity: $.id"}},
		"subscription key":           {shop{instead: subscribed}, "x", "x", 1, "headers", []string{"Ocp-Apim-Subscription-Key"}},
		"key of the issuer":          {shop{}, "hits:", "signing: {alg: HS256, key: not-the-key-of-the-issuer-at-all}\nhits:", 11, "signing.key", []string{"did not sign"}},
		"path of the refresh":        {refreshing, "hits:", "refresh: {path: /renew}\nhits:", 11, "refresh.path", []string{"404", "write path: /refresh"}},
		"refresh token is elsewhere": {nesting, "{path: /login}", "{path: /login, token: $.data.tokens.access}\nrefresh: {path: /refresh}", 6, "refresh.at_login", []string{"nothing at $.refresh_token", "write at_login: $.data.tokens.refresh"}},
		"new token is elsewhere":     {refreshing, "hits:", "refresh: {path: /refresh, token: $.jwt}\nhits:", 11, "refresh.token", []string{"nothing at refresh.token $.jwt", "write token: $.access_token"}},
		"next refresh token":         {refreshing, "hits:", "refresh: {path: /refresh, rotates: true, refresh_token: $.next}\nhits:", 11, "refresh.refresh_token", []string{"nothing at $.next", "write refresh_token: $.refresh_token"}},
		"field of the refresh token": {refreshing, "hits:", "refresh: {path: /refresh, token_field: rt}\nhits:", 11, "refresh.token_field", []string{"400", "write token_field: refresh_token"}},
		"cookie of no refresh token": {refreshing, "hits:", "refresh: {path: /refresh, cookie: rt}\nhits:", 11, "refresh.cookie", []string{"sets no cookie rt", "at_login: $.refresh_token"}},
		"field of a logout":          {refreshing, "{path: /logout}", "{path: /logout, fields: {t: $.refresh}}", 6, "logout.fields.t", []string{"nothing at $.refresh", "write t: $.refresh_token"}},
		"path of a sign-out":         {signingOut, "hits:", "revoke_all: {path: /sign-out, undo: {method: GET, path: /public}}\nhits:", 11, "revoke_all.path", []string{"404", "made up"}},
		"method of a sign-out":       {signingOut, "hits:", "revoke_all: {path: /logout-all, method: PUT, undo: {method: GET, path: /public}}\nhits:", 11, "revoke_all.method", []string{"405", "POST"}},
		"path of an undo":            {signingOut, "hits:", "revoke_all: {path: /logout-all, undo: {path: /enable}}\nhits:", 11, "revoke_all.undo.path", []string{"404", "made up"}},
		"host of a sign-out":         {signingOut, "hits:", "revoke_all: {url: \"http://127.0.0.1:1/out\", undo: {method: GET, path: /public}}\nhits:", 11, "revoke_all.url", []string{"no answer"}},
		"algorithm of the issuer":    {shop{}, "hits:", "signing: {alg: HS512, key: not-the-key-of-the-issuer-at-all}\nhits:", 11, "signing.alg", []string{"HS256"}},
		"a command that fails":       {shop{}, "{path: /login}", "{command: [sh, -c, 'exit 3']}", 5, "login.command", []string{`user "alice"`, "exit status 3", "write a command"}},
		"a command that is silent":   {shop{}, "{path: /login}", "{command: ['true']}", 5, "login.command", []string{"printed 0 lines"}},
		"a command that talks":       {shop{}, "{path: /login}", "{command: [printf, 'Token\\neyJ\\n']}", 5, "login.command", []string{"printed 2 lines"}},
		"a command without a JWT":    {shop{}, "{path: /login}", "{command: [echo, opaque]}", 5, "login.command", []string{"not a JWT"}},
		"a command that hangs":       {shop{}, "{path: /login}", "{command: [sleep, '600'], command_timeout: 50ms}", 5, "login.command_timeout", []string{"50ms"}},
		"URL of the tokens":          {shop{}, "{path: /login}", "{oauth: {grant: client_credentials, token_url: URL/nowhere}}", 5, "login.oauth.token_url", []string{"404", "write the URL"}},
		"a page for a token":         {issuing(200, `<p>Sign in`), "{path: /login}", byOAuth, 5, "login.oauth.token_url", []string{"200", "no access_token"}},
		"an answer without a token":  {issuing(200, `{"id_token":"x"}`), "{path: /login}", byOAuth, 5, "login.oauth.token_url", []string{"200", "no access_token"}},
		"an opaque token":            {issuing(200, `{"access_token":"opaque"}`), "{path: /login}", byOAuth, 5, "login.oauth.scope", []string{"not a JWT", "write a scope"}},
		"secret of a client":         {issuing(401, `{"error":"invalid_client"}`), "{path: /login}", byOAuth, 3, "users[0].password", []string{"401", "invalid_client"}},
		"the secret in the body":     {shop{instead: wantsBasic}, "{path: /login}", byOAuth, 5, "login.oauth.client_auth", []string{"invalid_client", "write client_auth: basic"}},
		"secret of the client":       {issuing(401, `{"error":"invalid_client"}`), "{path: /login}", byPassword, 5, "login.oauth.client_secret", []string{"invalid_client"}},
		"password at the issuer":     {issuing(400, `{"error":"invalid_grant"}`), "{path: /login}", byPassword, 3, "users[0].password", []string{"invalid_grant"}},
		"grant of the issuer":        {issuing(400, `{"error":"unsupported_grant_type"}`), "{path: /login}", byPassword, 5, "login.oauth.grant", []string{"400"}},
		"scope of the issuer":        {issuing(400, `{"error":"invalid_scope"}`), "{path: /login}", byOAuth, 5, "login.oauth.scope", []string{"400"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			names(t, c.shop, strings.Replace(right, c.old, c.new, 1), c.line, c.key, c.says...)
		})
	}
}

// names requires that a file ends the run before the first scenario for one line of
// it, in such words and without what is secret there.
func names(t *testing.T, s shop, file string, line int, key string, says ...string) {
	t.Helper()
	_, path, err := play(t, s, file)
	var p *scenarios.PreflightError
	if !errors.As(err, &p) || p.Unreachable || len(p.Problems) != 1 {
		t.Fatalf("the run ends with %v; one problem is wanted", err)
	}
	if want := fmt.Sprintf("%s:%d: %s: ", path, line, key); !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v\ndoes not begin with %s", err, want)
	}
	for _, s := range says {
		if !strings.Contains(err.Error(), s) {
			t.Errorf("%v\ndoes not say %q", err, s)
		}
	}
	if strings.Contains(err.Error(), "not-the-key") {
		t.Error("the error holds the key")
	}
}

// noHeader takes tokens in the cookie alone.
func noHeader(_ http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	if r.URL.Path != "/logout" {
		r.Header.Del("Authorization")
	}
	return false
}

// TestWhatALogoutDoesIsTheGatewaysAffair: such a file may be right, so that the
// scenarios are played.
func TestWhatALogoutDoesIsTheGatewaysAffair(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shop shop
		want report.Verdict
	}{
		"right":                       {shop{}, report.Pass},
		"ends all sessions":           {shop{gateway: gateway.Config{LogoutScope: gateway.ScopeUser}}, report.Pass},
		"a dead token gets 403":       {shop{instead: noTokenGets401, gateway: gateway.Config{RefusalStatus: 403}}, report.Fail},
		"serves calls without tokens": {shop{instead: servesNobody}, report.Pass},
		"a logout that does nothing":  {shop{instead: answering("/logout", 204)}, report.Fail},
		"a logout that breaks":        {shop{instead: answering("/logout", 500)}, report.Inconclusive},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run, _, err := play(t, c.shop, right)
			if err != nil {
				t.Fatal(err)
			}
			if got := run.Records[0]; got.Verdict != c.want {
				t.Errorf("%s: %s", got.Verdict, got.Why)
			}
		})
	}
}

func noTokenGets401(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	if !strings.HasPrefix(r.URL.Path, "/api") || strings.Count(r.Header.Get("Authorization"), ".") == 2 {
		return false
	}
	w.WriteHeader(http.StatusUnauthorized)
	return true
}

func servesNobody(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	if !strings.HasPrefix(r.URL.Path, "/api") || r.Header.Get("Authorization") != "" {
		return false
	}
	_, _ = w.Write([]byte(`{"sub":"nobody"}`))
	return true
}

// TestATokenThatOutlivesThePreflightIsAFailure: the first logout after a start
// is lost, and no later one.
func TestATokenThatOutlivesThePreflightIsAFailure(t *testing.T) {
	t.Parallel()
	lost := false
	first := func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if lost || r.URL.Path != "/logout" {
			return false
		}
		lost = true
		w.WriteHeader(http.StatusNoContent)
		return true
	}
	run, _, err := play(t, shop{instead: first}, right)
	if err != nil {
		t.Fatal(err)
	}
	if got := run.Records[0]; got.Verdict != report.Fail || !strings.Contains(got.Why, "before the first scenario") || run.Conclusion != report.Nonconformant {
		t.Errorf("%s: %s; the run is %s", got.Verdict, got.Why, run.Conclusion)
	}
}
