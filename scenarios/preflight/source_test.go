package preflight_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/scenarios"
)

const (
	byOAuth    = "{oauth: {grant: client_credentials, token_url: URL/token}}"
	byPassword = "{oauth: {grant: password, client_id: suite, client_secret: s3, token_url: URL/token}}"
)

// issuing is a shop whose token endpoint has one answer.
func issuing(status int, body string) shop {
	return shop{instead: func(w http.ResponseWriter, r *http.Request, _ http.Handler) bool {
		if r.URL.Path != "/token" {
			return false
		}
		w.Header().Set("Content-Type", map[bool]string{true: "application/json", false: "text/html"}[body != "" && body[0] == '{'])
		w.WriteHeader(status)
		return write(w, body)
	}}
}

// wantsBasic issues tokens to clients that show their secret in a header.
func wantsBasic(w http.ResponseWriter, r *http.Request, next http.Handler) bool {
	if r.URL.Path != "/token" {
		return false
	}
	w.Header().Set("Content-Type", "application/json")
	user, password, _ := r.BasicAuth()
	login := httptest.NewRequestWithContext(r.Context(), http.MethodPost, "/login", strings.NewReader(`{"user":"`+user+`","password":"`+password+`"}`))
	login.Header.Set("Content-Type", "application/json")
	rec := httptest.NewRecorder()
	if next.ServeHTTP(rec, login); rec.Code != http.StatusOK {
		w.WriteHeader(http.StatusUnauthorized)
		return write(w, `{"error":"invalid_client"}`)
	}
	_, err := io.Copy(w, rec.Body)
	return err == nil
}

// TestATokenEndpointThatIsAway is no wrong line for certain, and names the one to
// look at all the same.
func TestATokenEndpointThatIsAway(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		shop        shop
		login, says string
	}{
		"nobody listens": {shop{}, "{oauth: {grant: client_credentials, token_url: 'http://127.0.0.1:1/token'}}", "gave no answer"},
		"it is broken":   {issuing(503, ""), byOAuth, "503"},
		"it is busy":     {issuing(429, ""), byOAuth, "429"},
	} {
		_, path, err := play(t, c.shop, strings.Replace(right, "{path: /login}", c.login, 1))
		var p *scenarios.PreflightError
		if !errors.As(err, &p) || !p.Unreachable || !strings.HasPrefix(err.Error(), path+":5: login.oauth.token_url: ") || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
