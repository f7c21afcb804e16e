package conformance_test

import (
	"encoding/json"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/conformance"
	"github.com/revocheck/revocheck/scenarios/target/handler"
)

// shop is a small gateway as its owners might have written it: it has nothing
// in common with the reference gateway but HTTP and JWTs.
type shop struct {
	key []byte
	mu  sync.Mutex
	out map[string]bool
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method + " " + r.URL.Path {
	case "POST /session":
		s.login(w, r)
	case "DELETE /session":
		if claims, ok := s.caller(r); ok {
			s.mu.Lock()
			s.out[claims.ID] = true
			s.mu.Unlock()
			w.WriteHeader(http.StatusNoContent)
			return
		}
		w.WriteHeader(http.StatusForbidden)
	case "GET /basket":
		claims, ok := s.caller(r)
		if !ok {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"owner": map[string]string{"name": claims.Subject}})
	default:
		w.WriteHeader(http.StatusNotFound)
	}
}

func (s *shop) login(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("pass") != "secret-of-"+r.FormValue("name") {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	raw, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Subject: r.FormValue("name"), ID: uuid.NewString(), ExpiresAt: jwt.NewNumericDate(time.Now().Add(time.Hour)),
	}).SignedString(s.key)
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": []any{map[string]string{"jwt": raw}}})
}

func (s *shop) caller(r *http.Request) (*jwt.RegisteredClaims, bool) {
	claims := &jwt.RegisteredClaims{}
	lines := r.Header.Values("X-Auth")
	if len(lines) != 1 {
		return nil, false
	}
	_, err := jwt.ParseWithClaims(lines[0], claims, func(*jwt.Token) (any, error) { return s.key, nil },
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired())
	s.mu.Lock()
	defer s.mu.Unlock()
	return claims, err == nil && !s.out[claims.ID]
}

func newShop() (handler.Gateway, error) {
	s := &shop{key: []byte(uuid.NewString()), out: map[string]bool{}}
	return handler.Gateway{Replicas: []http.Handler{s}}, nil
}

func shopContract() scenarios.Contract {
	return scenarios.Contract{
		Name: "shop",
		Users: []scenarios.User{
			{Name: "ann", Password: "secret-of-ann"}, {Name: "ben", Password: "secret-of-ben"},
		},
		Login: scenarios.Login{
			Path: "/session", Encoding: "form", UserField: "name", PasswordField: "pass", Token: "$.data[0].jwt",
		},
		Logout:  scenarios.Logout{Method: http.MethodDelete, Path: "/session"},
		Carrier: scenarios.Carrier{Name: "X-Auth", Scheme: "none"},
		Routes:  []scenarios.Route{{Path: "/basket", Identity: "$.owner.name"}},
		Refusal: scenarios.Refusal{Statuses: scenarios.Statuses{http.StatusForbidden}},
	}
}

// TestAGatewayOfAnotherMakeConforms is how a gateway's own test runs the suite.
func TestAGatewayOfAnotherMakeConforms(t *testing.T) {
	conformance.Test(t, &handler.Target{Declares: shopContract(), Start: newShop}, scenarios.Options{MaxWait: 5 * time.Second, Only: []string{
		"lifecycle", "replay", "isolation", "forgery", "concurrency",
	}})
}
