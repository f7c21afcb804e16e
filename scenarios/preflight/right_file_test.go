package preflight_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
)

type answers = func(w http.ResponseWriter, r *http.Request, next http.Handler) bool

// TestARightFileReachesTheScenarios: each line describes its gateway, sound or
// bad, and what the gateway does wrong is the scenario's verdict.
func TestARightFileReachesTheScenarios(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shop     shop
		old, new string // in the file
		want     report.Verdict
	}{
		"an optional login":                  {shop{instead: optional}, "{path: /public}", "{path: /feed}", report.Pass},
		"an optional login, told by name":    {shop{instead: anonymous}, "x", "x", report.Fail},
		"bodies are read before tokens":      {shop{instead: wantsABody}, "x", "x", report.Pass},
		"login by form":                      {shop{instead: formLogin}, "{path: /login}", "{path: /login, encoding: form, user_field: username}", report.Pass},
		"cookie":                             {shop{gateway: gateway.Config{Lenient: gateway.Lenient{Cookie: true}}, instead: noHeader}, "hits:", "carrier: {in: cookie}\nhits:", report.Pass},
		"a logout that redirects":            {shop{instead: redirectsAfterLogout}, "{path: /logout}", "{path: /logout, success: [302]}", report.Pass},
		"DELETE /session":                    {shop{instead: sessionDeleted}, "{path: /logout}", "{method: DELETE, path: /session}", report.Pass},
		"garbage gets 403, and nothing 401":  {shop{instead: garbageGets403}, "hits:", "refusal: {statuses: [401, 403]}\nhits:", report.Pass},
		"garbage gets 403, undeclared":       {shop{instead: garbageGets403}, "x", "x", report.Pass},
		"an open route that answers 404":     {shop{}, "{path: /public}", "{path: /nothing, accepted: [404]}", report.Pass},
		"subscription key":                   {shop{instead: subscribed}, "hits:", "headers: {Ocp-Apim-Subscription-Key: k1}\nhits:", report.Pass},
		"rate limit":                         {shop{instead: fewCalls()}, "hits:", "limits: {rate: 15}\nhits:", report.Pass},
		"scope user":                         {shop{gateway: gateway.Config{LogoutScope: gateway.ScopeUser}}, "{path: /logout}", "{path: /logout, scope: user, cut_off_granularity: 1s}", report.Pass},
		"numbers are identities":             {shop{instead: shows(numbers)}, "battery-staple}", "battery-staple, identity: \"18\"}", report.Fail},
		"identity in an array":               {shop{instead: shows(nested)}, "$.sub", "'$.users[0].name'", report.Pass},
		"another key of the issuer":          {shop{instead: trustsTestKey}, "hits:", "signing: {alg: HS256, key: " + testKey + "}\nhits:", report.Pass},
		"a route that breaks":                {shop{instead: answering("/api/orders", 500)}, "x", "x", report.Pass},
		"the login page is no refusal":       {shop{instead: leadsToLogin}, "hits:", "refusal: {statuses: [401, 302]}\nhits:", report.Pass},
		"everybody is alice":                 {shop{instead: shows(alwaysAlice)}, "x", "x", report.Pass},
		"the identity is lost":               {shop{instead: shows(lost)}, "x", "x", report.Fail},
		"the logout fails for bob":           {shop{instead: noLogoutFor("bob")}, "x", "x", report.Pass},
		"the logout fails for alice":         {shop{instead: noLogoutFor("alice")}, "x", "x", report.Fail},
		"one route refuses live tokens":      {shop{instead: answering("/api/orders", 401)}, "x", "x", report.Pass},
		"one route leads live ones to login": {shop{instead: ordersLeadToLogin}, "hits:", "refusal: {statuses: [401, 302]}\nhits:", report.Pass},
		"hits at another host":               {shop{}, "/backend/hits}", "'" + hitsElsewhere(t) + "'}", report.Pass},
		"the same token at each login":       {shop{instead: sameToken()}, "x", "x", report.Fail},
		"replicas that know not each other":  {shop{instead: strangers(t)}, "[URL]", "[URL, URL/two]", report.Pass},
		"refresh":                            {refreshing, "hits:", "refresh: {path: /refresh, rotates: true}\nhits:", report.Pass},
		"introspection":                      {introspects, "hits:", "introspect: {path: /introspect, client_id: resource-server, client_secret: open-sesame}\nhits:", report.Pass},
		"a leak window":                      {shop{instead: endsLater()}, "hits:", "leak_window: 1s\nhits:", report.Pass},
		"the counter of hits breaks":         {shop{instead: answering("/backend/hits", 502)}, "x", "x", report.Pass},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := strings.Replace(right, c.old, c.new, 1)
			if name == "numbers are identities" {
				file = strings.NewReplacer("$.sub", "$.id", "correct-horse}", "correct-horse, identity: \"17\"}").Replace(file)
				c.want = report.Pass
			}
			run, _, err := play(t, c.shop, file)
			if err != nil {
				t.Fatal(err)
			}
			if got := run.Records[0]; got.Verdict != c.want {
				t.Errorf("%s: %s", got.Verdict, got.Why)
			}
		})
	}
}

// caller is the status and the body that the gateway has for a request.
func caller(r *http.Request, next http.Handler) (status int, who string) {
	asked := r.Clone(r.Context())
	asked.Method, asked.URL.Path, asked.Body = http.MethodGet, "/api/hello", http.NoBody
	rec := httptest.NewRecorder()
	next.ServeHTTP(rec, asked)
	var body struct{ Sub string }
	_ = json.Unmarshal(rec.Body.Bytes(), &body)
	return rec.Code, body.Sub
}

func write(w http.ResponseWriter, text string) bool {
	_, _ = w.Write([]byte(text))
	return true
}

// optional has a feed for everybody, with more in it for who is known.
func optional(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	if r.URL.Path != "/feed" {
		return false
	}
	if status, who := caller(r, next); status == http.StatusOK {
		return write(w, `{"sub":"`+who+`","news":[1,2]}`)
	}
	return write(w, `{"sub":"anonymous","news":[]}`)
}

// anonymous serves who has no good token as nobody.
func anonymous(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	if r.URL.Path != "/api/hello" {
		return false
	}
	if status, who := caller(r, next); status == http.StatusOK {
		return write(w, `{"sub":"`+who+`"}`)
	}
	return write(w, `{"sub":"anonymous"}`)
}

func wantsABody(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	if r.URL.Path != "/api/orders" || r.ContentLength > 0 {
		return false
	}
	w.WriteHeader(http.StatusBadRequest)
	return true
}

// formLogin takes a form with a username, and no JSON.
func formLogin(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	if r.URL.Path != "/login" {
		return false
	}
	if r.FormValue("username") == "" {
		w.WriteHeader(http.StatusBadRequest)
		return true
	}
	body, _ := json.Marshal(map[string]string{"user": r.FormValue("username"), "password": r.FormValue("password")})
	asked := httptest.NewRequestWithContext(r.Context(), http.MethodPost, "/login", strings.NewReader(string(body)))
	asked.Header.Set("Content-Type", "application/json")
	next.ServeHTTP(w, asked)
	return true
}

func sessionDeleted(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	if r.URL.Path != "/session" || r.Method != http.MethodDelete {
		return false
	}
	r.Method, r.URL.Path = http.MethodPost, "/logout"
	next.ServeHTTP(w, r)
	return true
}

func garbageGets403(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	if !strings.HasSuffix(r.Header.Get("Authorization"), "not-a-token") {
		return false
	}
	w.WriteHeader(http.StatusForbidden)
	return true
}

func subscribed(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	if r.Header.Get("Ocp-Apim-Subscription-Key") == "k1" {
		return false
	}
	w.WriteHeader(http.StatusUnauthorized)
	return write(w, `{"statusCode":401,"message":"Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API."}`)
}

// fewCalls answers 429 from the 20th call of a second of its clock on.
func fewCalls() answers {
	var calls perSecond
	return func(w http.ResponseWriter, _ *http.Request, _ http.Handler) bool {
		if calls.count() < 20 {
			return false
		}
		w.WriteHeader(http.StatusTooManyRequests)
		return true
	}
}
