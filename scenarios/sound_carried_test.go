package scenarios_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
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

// TestTokensInHeadersAndJSON: where a token comes from and where a logout
// carries it is the target's choice.
func TestTokensInHeadersAndJSON(t *testing.T) {
	declare := func(c *scenarios.Contract) {
		c.Login.Token, c.Login.TokenHeader = "", "Authorization"
		c.Logout.TokenField, c.Logout.Encoding = "refresh", "json"
	}
	mustPass(t, sound{front: inHeader, declare: declare}.inProcess(t), "lifecycle/logout-ends-token", "replay/after-logout", "isolation/sibling-session-unaffected")
	asForm := func(c *scenarios.Contract) { declare(c); c.Logout.Encoding = "form" }
	mustEnd(t, sound{front: inHeader, declare: asForm}.inProcess(t), "lifecycle/logout-ends-token", report.Fail, "400")
}
