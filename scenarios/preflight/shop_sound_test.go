package preflight_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	gateway "github.com/revocheck/revocheck/reference"
)

// hitsElsewhere is a counter of hits at a host of its own.
func hitsElsewhere(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { write(w, `{"hits":7}`) }))
	t.Cleanup(server.Close)
	return server.URL + "/count"
}

// sameToken gives a user the first token at each login, as an issuer does whose
// tokens hold nothing but the user and the second.
func sameToken() answers {
	var mu sync.Mutex
	var first *httptest.ResponseRecorder
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		if r.URL.Path != "/login" {
			return false
		}
		mu.Lock()
		defer mu.Unlock()
		rec := httptest.NewRecorder()
		next.ServeHTTP(rec, r)
		if first == nil && rec.Code == http.StatusOK {
			first = rec
		}
		if strings.Contains(rec.Body.String(), "access_token") && subjectOf(rec) == subjectOf(first) {
			rec = first
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(rec.Code)
		return write(w, rec.Body.String())
	}
}

// subjectOf is whom a login's answer has a token of.
func subjectOf(login *httptest.ResponseRecorder) string {
	_, rest, _ := strings.Cut(login.Body.String(), `"access_token":"`)
	raw, _, _ := strings.Cut(rest, `"`)
	r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
	r.Header.Set("Authorization", "Bearer "+raw)
	return subject(r)
}

// strangers have a second gateway below /two, with a key of its own.
func strangers(t *testing.T) answers {
	t.Helper()
	d, err := gateway.Start(gateway.Config{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	second := http.StripPrefix("/two", d.Replicas()[0])
	return func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if !strings.HasPrefix(r.URL.Path, "/two/") {
			return false
		}
		second.ServeHTTP(w, r)
		return true
	}
}

// endsLater acknowledges a logout and makes it good at the first call that comes
// 100 ms afterwards, or later.
func endsLater() answers {
	var mu sync.Mutex
	type ended struct {
		at      time.Time
		request *http.Request
	}
	var waiting []ended
	return func(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
		mu.Lock()
		defer mu.Unlock()
		for len(waiting) > 0 && time.Since(waiting[0].at) >= 100*time.Millisecond {
			next.ServeHTTP(httptest.NewRecorder(), waiting[0].request)
			waiting = waiting[1:]
		}
		if r.URL.Path != "/logout" || r.Method != http.MethodPost {
			return false
		}
		later := httptest.NewRequest(http.MethodPost, "/logout", http.NoBody)
		later.Header = r.Header.Clone()
		waiting = append(waiting, ended{time.Now(), later})
		w.WriteHeader(http.StatusNoContent)
		return true
	}
}
