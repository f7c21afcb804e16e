package remote

import (
	"context"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/scenarios"
)

// withLogin is the sound file with another login.
func withLogin(login string) string {
	before, rest, _ := strings.Cut(sound, "login:\n")
	_, after, _ := strings.Cut(rest, "logout:\n")
	return before + login + "logout:\n" + after
}

func oauthLogin(tokenURL, grant, more string) string {
	return withLogin(fmt.Sprintf("login:\n  oauth:\n    grant: %s\n    token_url: %s\n%s", grant, tokenURL, more))
}

// endpoint answers a token and keeps what it was asked.
type endpoint struct {
	forms []url.Values
	basic []string
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	e.forms = append(e.forms, r.PostForm)
	user, password, _ := r.BasicAuth()
	e.basic = append(e.basic, user+":"+password)
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"access_token": fmt.Sprintf("token-%d", len(e.forms)), "token_type": "Bearer", "expires_in": 3599})
}

func TestOAuthAsksForANewTokenEachTime(t *testing.T) {
	for _, c := range []struct {
		name, grant, more string
		want              map[string]string
		basic             string
	}{
		{"client credentials", "client_credentials", "    scope: api://gateway/.default\n",
			map[string]string{"grant_type": "client_credentials", "client_id": "alice", "client_secret": "hunter2-secret", "scope": "api://gateway/.default"}, ":"},
		{"basic", "client_credentials", "    client_auth: basic\n    audience: https://gateway\n    parameters: {resource: r1}\n",
			map[string]string{"grant_type": "client_credentials", "audience": "https://gateway", "resource": "r1", "client_secret": ""}, "alice:hunter2-secret"},
		{"password", "password", "    client_id: suite\n    scope: a b\n",
			map[string]string{"grant_type": "password", "username": "alice", "password": "hunter2-secret", "client_id": "suite", "client_secret": "", "scope": "a b"}, ":"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e := &endpoint{}
			s := httptest.NewServer(e)
			defer s.Close()
			target, err := loadText(t, oauthLogin(s.URL, c.grant, c.more))
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range []string{"token-1", "token-2"} {
				if got, err := target.Powers().Login(t.Context(), target.Contract().Users[0]); got.Token != want || err != nil {
					t.Errorf("token %s, %v; want %s", got, err, want)
				}
			}
			for k, v := range c.want {
				if got := e.forms[0].Get(k); got != v {
					t.Errorf("%s is %q, want %q", k, got, v)
				}
			}
			if e.basic[0] != c.basic {
				t.Errorf("basic authentication %q, want %q", e.basic[0], c.basic)
			}
		})
	}
}

// TestOAuthFailures has an answer a line, and what is said of it. Nothing of
// the secrets that the endpoint echoes is.
func TestOAuthFailures(t *testing.T) {
	const echo = "hunter2-secret"
	for _, c := range []struct {
		name, kind, body string
		status           int
		says             string
	}{
		{"HTML", "text/html", "<p>Sign in " + echo, 200, "answered 200 with text/html and no access_token; look at login.oauth.token_url"},
		{"HTML error", "text/html; charset=utf-8", "<p>" + echo, 404, "answered 404 with text/html"},
		{"redirect", "text/html", "", 302, "answered 302"},
		{"wrong grant", "application/json", `{"error":"unsupported_grant_type","error_description":"` + echo + `"}`, 400, "unsupported_grant_type; the endpoint does not give tokens by this grant"},
		{"wrong secret", "application/json", `{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret ` + echo + `"}`, 401, "invalid_client (AADSTS7000215); the client secret is wrong"},
		{"second factor", "application/json", `{"error":"invalid_grant","error_description":"AADSTS50076: Due to"}`, 400, "second factor"},
		{"error with 200", "application/json", `{"error":"invalid_scope"}`, 200, "invalid_scope; look at login.oauth.scope"},
		{"odd error", "application/json", `{"error":"` + echo + `"}`, 400, "none of RFC 6749"},
		{"no token", "application/json", `{"id_token":"` + echo + `"}`, 200, "no access_token"},
		{"nothing", "", "", 500, "answered 500 with no known content type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", c.kind)
				w.Header().Set("Location", "/elsewhere")
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			}))
			defer s.Close()
			said := failure(t, oauthLogin(s.URL, "client_credentials", ""))
			if !strings.Contains(said, c.says) || strings.Contains(said, "secret "+echo) || strings.Contains(said, echo) {
				t.Errorf("said %s; want ...%s...", said, c.says)
			}
		})
	}
}

func failure(t *testing.T, text string) string {
	t.Helper()
	target, err := loadText(t, text)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := target.Powers().Login(t.Context(), target.Contract().Users[0])
	if err == nil {
		t.Fatalf("there is a token, %q", raw)
	}
	return err.Error()
}

func TestOAuthNobodyThere(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	if said := failure(t, oauthLogin(s.URL, "client_credentials", "")); !strings.Contains(said, "gave no answer: connection refused") {
		t.Error(said)
	}
}

func TestOAuthInterrupted(t *testing.T) {
	target, err := loadText(t, oauthLogin("http://127.0.0.1:1/token", "client_credentials", ""))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := target.Powers().Login(ctx, scenarios.User{Name: "a"}); err != context.Canceled {
		t.Errorf("error %v", err)
	}
}

func TestOAuthTrust(t *testing.T) {
	s := httptest.NewUnstartedServer(&endpoint{})
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	if said := failure(t, oauthLogin(s.URL, "client_credentials", "")); !strings.Contains(said, "set login.oauth.ca") {
		t.Error(said)
	}
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := loadText(t, oauthLogin(s.URL, "client_credentials", "    ca: "+ca+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := target.Powers().Login(t.Context(), target.Contract().Users[0]); got.Token != "token-1" || err != nil {
		t.Errorf("token %s, %v", got, err)
	}
}

// A refresh goes where the token came from, and trusts what the login trusts.
func TestARefreshGoesToTheTokenEndpoint(t *testing.T) {
	target, err := loadText(t, oauthLogin("https://issuer.example/realms/a/token", "password", "    client_id: suite\n    client_secret: c-secret\n    client_auth: basic\n")+"refresh: {rotates: true}\n")
	if err != nil {
		t.Fatal(err)
	}
	r := target.Contract().WithDefaults().Refresh
	if r.URL != "https://issuer.example/realms/a/token" || r.Path != "/realms/a/token" || r.Fields["grant_type"] != "refresh_token" || r.ClientAuth != "basic" || r.Encoding != "form" {
		t.Errorf("%+v", r)
	}
	instance, err := target.Open(t.Context())
	if err != nil || instance.TokenEndpoint == nil {
		t.Errorf("no transport to the token endpoint, %v", err)
	}
}

func TestOAuthKeepsTheWholeAnswer(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"access_token":"a","token_type":"Bearer","refresh_token":"r","id":{"token":"i"}}`)
	}))
	defer s.Close()
	target, err := loadText(t, oauthLogin(s.URL, "client_credentials", ""))
	if err != nil {
		t.Fatal(err)
	}
	got, err := target.Powers().Login(t.Context(), target.Contract().Users[0])
	if err != nil || got.Token != "a" || !strings.Contains(string(got.Answer), `"id":{"token":"i"}`) {
		t.Errorf("%s, %s, %v", got.Token, got.Answer, err)
	}
}
