package preflight_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// perSecond counts the calls of a second.
type perSecond struct {
	mu     sync.Mutex
	second int64
	calls  int
}

func (p *perSecond) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now().Unix(); now != p.second {
		p.second, p.calls = now, 0
	}
	p.calls++
	return p.calls
}

// shows answers the first route in words of its own to who is known.
func shows(body func(who string) string) answers {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		if r.URL.Path != "/api/hello" {
			return false
		}
		status, who := caller(r, next)
		if status != http.StatusOK {
			return false
		}
		return write(w, body(who))
	}
}

func numbers(who string) string {
	return fmt.Sprintf(`{"id":%d}`, map[string]int{"alice": 17, "bob": 18}[who])
}
func nested(who string) string    { return `{"users":[{"name":"` + who + `"}]}` }
func alwaysAlice(string) string   { return `{"sub":"alice"}` }
func lost(string) string          { return `{"sub":null}` }
func plainText(who string) string { return "hello " + who }

const testKey = "a-key-for-tests-that-the-gateway-trusts"

// trustsTestKey also takes tokens that a second key has signed.
func trustsTestKey(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	raw := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	parsed, err := jwt.Parse(raw, func(*jwt.Token) (any, error) { return []byte(testKey), nil }, jwt.WithValidMethods([]string{"HS256"}))
	if err != nil || r.URL.Path != "/api/hello" {
		return false
	}
	sub, _ := parsed.Claims.GetSubject()
	return write(w, `{"sub":"`+sub+`"}`)
}

// leadsToLogin redirects who has no good token.
func leadsToLogin(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	if !strings.HasPrefix(r.URL.Path, "/api") {
		return false
	}
	if status, _ := caller(r, next); status == http.StatusOK {
		return false
	}
	http.Redirect(w, r, "/login", http.StatusFound)
	return true
}

// ordersLeadToLogin takes no live token at one route.
func ordersLeadToLogin(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	if r.URL.Path != "/api/orders" || r.Header.Get("Authorization") == "" {
		return false
	}
	http.Redirect(w, r, "/login", http.StatusFound)
	return true
}

// noLogoutFor refuses the logout of one user.
func noLogoutFor(name string) answers {
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if r.URL.Path != "/logout" || subject(r) != name {
			return false
		}
		w.WriteHeader(http.StatusForbidden)
		return true
	}
}

// subject is what a request's token has, unverified.
func subject(r *http.Request) string {
	claims := jwt.MapClaims{}
	_, _, _ = jwt.NewParser().ParseUnverified(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), claims)
	sub, _ := claims.GetSubject()
	return sub
}

// loginAnswers rewrites what a good login answers.
func loginAnswers(change func(w http.ResponseWriter, token string)) answers {
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		if r.URL.Path != "/login" {
			return false
		}
		rec := httptest.NewRecorder()
		next.ServeHTTP(rec, r)
		_, rest, found := bytes.Cut(rec.Body.Bytes(), []byte(`"access_token":"`))
		token, _, _ := bytes.Cut(rest, []byte(`"`))
		if !found {
			w.WriteHeader(rec.Code)
			return true
		}
		change(w, string(token))
		return true
	}
}

func asToken(w http.ResponseWriter, token string) { write(w, `{"data":{"token":"`+token+`"}}`) }
func asCookie(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{Name: "sid", Value: token})
	w.WriteHeader(http.StatusNoContent)
}

// withRefresh has another token where the contract looks.
func withRefresh(w http.ResponseWriter, token string) {
	part := base64.RawURLEncoding.EncodeToString
	other := part([]byte(`{"alg":"HS256"}`)) + "." + part([]byte(`{"use":"refresh"}`)) + "." + part([]byte("a signature"))
	write(w, `{"jwt":"`+token+`","access_token":"`+other+`"}`)
}

func asFound(w http.ResponseWriter, token string) {
	w.WriteHeader(http.StatusFound)
	write(w, `{"access_token":"`+token+`"}`)
}

// addsASlash redirects a path to the one with a slash.
func addsASlash(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	switch r.URL.Path {
	case "/api/hello":
		http.Redirect(w, r, "/api/hello/", http.StatusMovedPermanently)
	case "/api/hello/":
		r.URL.Path = "/api/hello"
		next.ServeHTTP(w, r)
	default:
		return false
	}
	return true
}

// wantsJSON refuses the other media types, of who is known or not.
func wantsJSON(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	if r.URL.Path != "/api/orders" || r.Header.Get("Content-Type") == "application/json" {
		return false
	}
	w.WriteHeader(http.StatusUnsupportedMediaType)
	return true
}

// toHTTPS redirects everything to another scheme.
func toHTTPS(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
	http.Redirect(w, r, "https://"+r.Host+r.URL.Path, http.StatusPermanentRedirect)
	return true
}
