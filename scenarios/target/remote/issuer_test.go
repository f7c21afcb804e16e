package remote_test

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// issuer is a small authorization server, with the API that takes its tokens. Each
// kind of server that the tests build is one, with other paths and other mistakes.
type issuer struct {
	mu       sync.Mutex
	sessions map[string]*session // by ID
	byToken  map[string]*session // by each refresh token that was ever given
	disabled map[string]bool     // users
	rotates  bool
	leak     string // the mistake; "" for none
}

// session is what came of one login.
type session struct {
	id, user, refresh string
	ended             bool // no access token of it is served
	refreshEnded      bool // and it buys none
}

var signingKey = []byte("a key of sixteen bytes and more, for HS256")

func newIssuer(rotates bool, leak string) *issuer {
	return &issuer{sessions: map[string]*session{}, byToken: map[string]*session{}, disabled: map[string]bool{}, rotates: rotates, leak: leak}
}

// end ends a session, but for what the mistake leaves.
func (i *issuer) end(s *session) {
	s.ended = i.leak != "the access token goes on"
	s.refreshEnded = i.leak != "the refresh token goes on"
}

func (i *issuer) endAll(user string) {
	for _, s := range i.sessions {
		if s.user == user {
			i.end(s)
		}
	}
}

func (s *session) access() string {
	now := time.Now()
	claims := jwt.MapClaims{"sub": s.user, "sid": s.id, "jti": rand.Text(), "iat": now.Unix(), "exp": now.Add(time.Hour).Unix()}
	raw, err := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(signingKey)
	if err != nil {
		panic(err) // a map of texts and numbers is always signed
	}
	return raw
}

// sessionOf is the one of an access token; nil if it is none of the issuer's.
func (i *issuer) sessionOf(raw string) *session {
	claims := jwt.MapClaims{}
	_, err := jwt.ParseWithClaims(raw, claims, func(*jwt.Token) (any, error) { return signingKey, nil },
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired())
	if err != nil {
		return nil
	}
	id, _ := claims["sid"].(string)
	return i.sessions[id]
}

func bearer(r *http.Request) string {
	raw, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !found || len(r.Header.Values("Authorization")) > 1 {
		return ""
	}
	return raw
}

// api serves whoever has a session that goes on.
func (i *issuer) api(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	s := i.sessionOf(bearer(r))
	switch {
	case r.URL.Path != "/orders" && r.URL.Path != "/profile":
		http.NotFound(w, r)
	case s == nil || s.ended:
		w.WriteHeader(http.StatusUnauthorized)
	default:
		answer(w, map[string]any{"user": s.user})
	}
}

func answer(w http.ResponseWriter, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"error": code})
}

// values are the fields of a request, of a form or of a JSON object.
func values(r *http.Request) map[string]string {
	all := map[string]string{}
	if strings.Contains(r.Header.Get("Content-Type"), "json") {
		_ = json.NewDecoder(r.Body).Decode(&all)
		return all
	}
	_ = r.ParseForm()
	for name := range r.PostForm {
		all[name] = r.PostForm.Get(name)
	}
	return all
}

// inBody reports whether the client shows itself in the fields, and asBasic in the
// header; one that does both is no client (RFC 6749 section 2.3).
func inBody(r *http.Request, f map[string]string) bool {
	return f["client_id"] == "shop" && f["client_secret"] == "client-secret" && r.Header.Get("Authorization") == ""
}

func asBasic(r *http.Request, f map[string]string) bool {
	id, secret, ok := r.BasicAuth()
	return ok && id == "shop" && secret == "client-secret" && f["client_secret"] == ""
}

// token is the token endpoint (RFC 6749 sections 4.3 and 6).
func (i *issuer) token(client func(*http.Request, map[string]string) bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		i.mu.Lock()
		defer i.mu.Unlock()
		f := values(r)
		switch {
		case !client(r, f):
			refuse(w, http.StatusUnauthorized, "invalid_client")
		case f["grant_type"] == "password" && f["password"] == "secret-of-"+f["username"] && !i.disabled[f["username"]]:
			i.grant(w, i.begin(f["username"]))
		case f["grant_type"] == "refresh_token":
			i.renew(w, f["refresh_token"])
		default:
			refuse(w, http.StatusBadRequest, "invalid_grant")
		}
	}
}

func (i *issuer) begin(user string) *session {
	s := &session{id: rand.Text(), user: user, refresh: rand.Text()}
	i.sessions[s.id], i.byToken[s.refresh] = s, s
	return s
}

func (i *issuer) grant(w http.ResponseWriter, s *session) {
	answer(w, map[string]any{"access_token": s.access(), "refresh_token": s.refresh, "token_type": "Bearer", "expires_in": 3600})
}

// renew refreshes a session. A used refresh token ends all that came of its login.
func (i *issuer) renew(w http.ResponseWriter, refresh string) {
	s := i.byToken[refresh]
	switch {
	case s == nil || s.refreshEnded || i.disabled[s.user]:
		refuse(w, http.StatusBadRequest, "invalid_grant")
	case s.refresh != refresh:
		if i.leak != "reuse ends nothing" {
			i.end(s)
		}
		refuse(w, http.StatusBadRequest, "invalid_grant")
	default:
		if s.ended { // the mistake: its access tokens work again
			s.ended = false
		}
		if i.rotates {
			s.refresh = rand.Text()
			i.byToken[s.refresh] = s
		}
		i.grant(w, s)
	}
}

// revoke ends the session of the refresh token in a field, and says the same of one
// that nobody has (RFC 7009 section 2.2).
func (i *issuer) revoke(field string, status int, client func(*http.Request, map[string]string) bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		i.mu.Lock()
		defer i.mu.Unlock()
		f := values(r)
		if !client(r, f) {
			refuse(w, http.StatusUnauthorized, "invalid_client")
			return
		}
		if s := i.byToken[f[field]]; s != nil {
			i.end(s)
		}
		w.WriteHeader(status)
	}
}
