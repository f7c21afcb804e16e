package remote_test

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/remote"
)

const before = `endpoints: [API]
users:
  - {name: alice, password: secret-of-alice}
  - {name: bob, password: secret-of-bob}
  - {name: carol, password: secret-of-carol}
routes:
  - {path: /orders, identity: $.user}
  - {path: /profile, identity: $.user}
`

// keycloakLike ends sessions by a form with the refresh token and the client, and
// those of a user by an administrator's request, at another host, which has a
// certificate of its own.
const keycloakLike = before + `login:
  oauth: {grant: password, token_url: ISSUER/realms/shop/token, client_id: shop, client_secret: client-secret, ca: issuer.pem}
refresh: {}
logout:
  url: ISSUER/realms/shop/logout
  carrier: none
  client_auth: body
  fields: {refresh_token: $.refresh_token}
revoke_all:
  url: ISSUER/admin/users/carol/logout
  user: carol
  carrier: none
  headers: {Authorization: Bearer administrator}
`

func keycloak(i *issuer) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /realms/shop/token", i.token(inBody))
	mux.HandleFunc("POST /realms/shop/logout", i.revoke("refresh_token", http.StatusNoContent, inBody))
	mux.HandleFunc("POST /admin/users/{user}/logout", func(w http.ResponseWriter, r *http.Request) {
		if bearer(r) != "administrator" {
			refuse(w, http.StatusUnauthorized, "unauthorized")
			return
		}
		i.mu.Lock()
		defer i.mu.Unlock()
		if i.leak != "the administrator's logout does nothing" {
			i.endAll(r.PathValue("user"))
		}
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}

// auth0Like rotates refresh tokens, ends a family whose used token comes again, and
// revokes by a JSON object; an account is blocked and let in again.
const auth0Like = before + `login:
  oauth: {grant: password, token_url: ISSUER/oauth/token, client_id: shop, client_secret: client-secret, scope: offline_access, ca: issuer.pem}
refresh: {rotates: true, reuse: ends-family}
logout:
  url: ISSUER/oauth/revoke
  carrier: none
  client_auth: body
  encoding: json
  fields: {token: $.refresh_token}
revoke_all:
  url: ISSUER/users/alice
  method: PATCH
  carrier: none
  headers: {Authorization: Bearer administrator}
  content_type: application/json
  body: '{"blocked": "yes"}'
  undo:
    url: ISSUER/users/alice
    method: PATCH
    carrier: none
    headers: {Authorization: Bearer administrator}
    content_type: application/json
    body: '{"blocked": "no"}'
`

func auth0(i *issuer) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /oauth/token", i.token(inBody))
	mux.HandleFunc("POST /oauth/revoke", i.revoke("token", http.StatusOK, inBody))
	mux.HandleFunc("PATCH /users/{user}", func(w http.ResponseWriter, r *http.Request) {
		if bearer(r) != "administrator" {
			refuse(w, http.StatusUnauthorized, "unauthorized")
			return
		}
		i.mu.Lock()
		defer i.mu.Unlock()
		i.disabled[r.PathValue("user")] = values(r)["blocked"] == "yes"
		if i.disabled[r.PathValue("user")] && i.leak != "blocking ends no session" {
			i.endAll(r.PathValue("user"))
		}
		answer(w, map[string]any{})
	})
	return mux
}

// cognitoLike shows the client as HTTP Basic, and signs out everywhere by a field
// with the access token.
const cognitoLike = before + `login:
  oauth: {grant: password, token_url: ISSUER/oauth2/token, client_id: shop, client_secret: client-secret, client_auth: basic, ca: issuer.pem}
refresh: {}
logout:
  url: ISSUER/oauth2/revoke
  carrier: none
  client_auth: basic
  fields: {token: $.refresh_token}
revoke_all:
  url: ISSUER/
  user: carol
  carrier: none
  headers: {X-Amz-Target: AWSCognitoIdentityProviderService.GlobalSignOut}
  encoding: json
  fields: {AccessToken: $.access_token}
`

func cognito(i *issuer) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /oauth2/token", i.token(asBasic))
	mux.HandleFunc("POST /oauth2/revoke", i.revoke("token", http.StatusOK, asBasic))
	mux.HandleFunc("POST /{$}", func(w http.ResponseWriter, r *http.Request) {
		i.mu.Lock()
		defer i.mu.Unlock()
		s := i.sessionOf(values(r)["AccessToken"])
		switch {
		case !strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".GlobalSignOut"):
			refuse(w, http.StatusBadRequest, "UnknownOperationException")
		case s == nil || s.ended:
			refuse(w, http.StatusBadRequest, "NotAuthorizedException")
		case i.leak == "a global sign-out ends one session":
			i.end(s)
		default:
			i.endAll(s.user)
		}
	})
	return mux
}

// pairLike refreshes at the API itself with both tokens, each in a field, and the
// access token in the header too.
const pairLike = before + `login: {oauth: {grant: password, token_url: ISSUER/token, client_id: shop, client_secret: client-secret, ca: issuer.pem}}
refresh:
  url: ISSUER/pair
  with: both
  encoding: json
  token_field: refreshToken
  access_field: accessToken
  rotates: true
logout:
  url: ISSUER/revoke
  carrier: none
  client_auth: body
  fields: {token: $.refresh_token}
`

func pair(i *issuer) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /token", i.token(inBody))
	mux.HandleFunc("POST /revoke", i.revoke("token", http.StatusOK, inBody))
	mux.HandleFunc("POST /pair", func(w http.ResponseWriter, r *http.Request) {
		i.mu.Lock()
		defer i.mu.Unlock()
		f := values(r)
		s := i.sessionOf(f["accessToken"])
		if s == nil || s != i.byToken[f["refreshToken"]] || bearer(r) != f["accessToken"] {
			refuse(w, http.StatusUnauthorized, "invalid_grant")
			return
		}
		i.renew(w, f["refreshToken"])
	})
	return mux
}

// TestIssuersOnAnotherHost: each kind of issuer conforms, and with a mistake of its
// own fails in the scenario that is meant for it.
func TestIssuersOnAnotherHost(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file    string
		mux     func(*issuer) *http.ServeMux
		rotates bool
		leak    string
		finder  string // the scenario that must fail; "" if none may
	}{
		"Keycloak-like":                     {keycloakLike, keycloak, false, "", ""},
		"Keycloak-like, rotating":           {strings.Replace(keycloakLike, "refresh: {}", "refresh: {rotates: true, reuse: ends-family}", 1), keycloak, true, "", ""},
		"Keycloak-like, access goes on":     {keycloakLike, keycloak, false, "the access token goes on", "session/logout-by-refresh-token"},
		"Keycloak-like, refresh goes on":    {keycloakLike, keycloak, false, "the refresh token goes on", "session/refresh-after-logout"},
		"Keycloak-like, administrator":      {keycloakLike, keycloak, false, "the administrator's logout does nothing", "session/all-sessions-at-once"},
		"Auth0-like":                        {auth0Like, auth0, true, "", ""},
		"Auth0-like, reuse is forgiven":     {auth0Like, auth0, true, "reuse ends nothing", "session/refresh-reuse"},
		"Auth0-like, refresh goes on":       {auth0Like, auth0, true, "the refresh token goes on", "session/refresh-after-logout"},
		"Auth0-like, blocked":               {auth0Like, auth0, true, "blocking ends no session", "session/all-sessions-at-once"},
		"Cognito-like":                      {cognitoLike, cognito, false, "", ""},
		"Cognito-like, access goes on":      {cognitoLike, cognito, false, "the access token goes on", "session/logout-by-refresh-token"},
		"Cognito-like, one session":         {cognitoLike, cognito, false, "a global sign-out ends one session", "session/all-sessions-at-once"},
		"a pair of tokens":                  {pairLike, pair, true, "", ""},
		"a pair of tokens, refresh goes on": {pairLike, pair, true, "the refresh token goes on", "session/refresh-after-logout"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			i := newIssuer(c.rotates, c.leak)
			judged := map[string]report.Verdict{}
			for _, r := range playIssuer(t, i, c.mux(i), c.file).Records {
				judged[r.ID] = r.Verdict
				sound := r.Verdict == report.Pass || r.Verdict == report.NotRun && r.Undeclared != ""
				if c.finder == "" && !sound {
					t.Errorf("%s: %s: %s", r.ID, r.Verdict, r.Why)
				}
				if r.ID == c.finder && r.Verdict != report.Fail {
					t.Errorf("%s: %s: %s", r.ID, r.Verdict, r.Why)
				}
			}
			for _, id := range wanted(c.file) {
				if c.finder == "" && judged[id] != report.Pass {
					t.Errorf("%s: %s; it must have been played", id, judged[id])
				}
			}
		})
	}
}

// wanted are the scenarios that a file makes possible.
func wanted(file string) []string {
	ids := []string{"lifecycle/logout-ends-token", "session/logout-by-refresh-token", "session/refresh-after-logout", "session/refresh-does-not-revive", "session/refresh-racing-logout"}
	if strings.Contains(file, "revoke_all") {
		ids = append(ids, "session/all-sessions-at-once")
	}
	if strings.Contains(file, "reuse") {
		ids = append(ids, "session/refresh-reuse")
	}
	return ids
}

// playIssuer plays what concerns sessions by a file, with the issuer behind TLS.
func playIssuer(t *testing.T, i *issuer, mux *http.ServeMux, file string) report.Run {
	t.Helper()
	api, other := httptest.NewServer(http.HandlerFunc(i.api)), httptest.NewTLSServer(mux)
	t.Cleanup(api.Close)
	t.Cleanup(other.Close)
	dir := t.TempDir()
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: other.Certificate().Raw})
	for name, content := range map[string]string{"issuer.pem": string(authority), "target.yaml": strings.NewReplacer("API", api.URL, "ISSUER", other.URL).Replace(file)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	target, err := remote.Load(filepath.Join(dir, "target.yaml"), os.LookupEnv)
	if err != nil {
		t.Fatal(err)
	}
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	run, err := scenarios.Run(t.Context(), target, all, scenarios.Options{Only: []string{"session/*", "lifecycle/logout-ends-token"}})
	if err != nil {
		t.Fatal(err)
	}
	if kept := slices.ContainsFunc(run.Records, func(r report.Record) bool { return strings.Contains(r.Why, "client-secret") }); kept {
		t.Error("a secret is in the report")
	}
	return run
}
