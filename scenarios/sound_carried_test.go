package scenarios_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios"
)

// inHeader gives the token of a login in a header alone, and takes a logout
// only with the same token in a JSON body.
func inHeader(next http.Handler, _ scenarios.Powers) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/login":
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			var given struct {
				Token string `json:"access_token"`
			}
			if json.Unmarshal(answer.Body.Bytes(), &given) == nil && given.Token != "" {
				w.Header().Set("Authorization", "Bearer "+given.Token)
			}
			w.WriteHeader(answer.Code)
		case "/logout":
			var asked map[string]string
			body, _ := io.ReadAll(r.Body)
			if json.Unmarshal(body, &asked) != nil || !strings.HasSuffix(r.Header.Get("Authorization"), " "+asked["refresh"]) {
				http.Error(w, "the token is not in the body", http.StatusBadRequest)
				return
			}
			fallthrough
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// headerAtLogout takes a token in a query or a cookie for calls, and reads the
// header alone at the logout, which acknowledges what has no token in it.
func headerAtLogout(next http.Handler, _ scenarios.Powers) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/logout" && r.Header.Get("Authorization") == "" {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func TestALogoutNeedNotLookBesideTheCarrier(t *testing.T) {
	config := reference.Config{Lenient: reference.Lenient{Query: true, Cookie: true}}
	mustPass(t, sound{config: config, front: headerAtLogout}.inProcess(t), "respelling/in-query", "respelling/in-cookie", "replay/carrier-swap")
}

// TestTokensInHeadersAndJSON: where a token comes from and where a logout
// carries it is the target's choice.
func TestTokensInHeadersAndJSON(t *testing.T) {
	declare := func(c *scenarios.Contract) {
		c.Login.Token, c.Login.TokenHeader = "", "Authorization"
		c.Logout.TokenField, c.Logout.Encoding = "refresh", "json"
	}
	mustPass(t, sound{front: inHeader, declare: declare}.inProcess(t), "lifecycle/logout-ends-token", "replay/after-logout", "isolation/sibling-session-unaffected")
	asForm := func(c *scenarios.Contract) { declare(c); c.Logout.Encoding = "form" }
	_, err := playOne(t, sound{front: inHeader, declare: asForm}.inProcess(t), "lifecycle/logout-ends-token")
	if err == nil || !strings.Contains(err.Error(), "token_field: refresh and encoding: json") {
		t.Errorf("%v; it must say which encoding is acknowledged", err)
	}
}
