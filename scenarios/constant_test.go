package scenarios_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/google/uuid"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/handler"
)

// constant logs everybody in, acknowledges every logout, and answers all else
// with one status; if it is guarded, 401 to what carries no JWT.
func constant(status int, identity, guarded bool) func() (handler.Gateway, error) {
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/login":
			var asked struct{ User string }
			_ = json.NewDecoder(r.Body).Decode(&asked)
			raw, _ := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
				Subject: asked.User, ID: uuid.NewString(), ExpiresAt: jwt.NewNumericDate(time.Now().Add(time.Hour)),
			}).SignedString([]byte("key"))
			_ = json.NewEncoder(w).Encode(map[string]string{"access_token": raw})
		case "/logout":
			w.WriteHeader(http.StatusNoContent)
		default:
			if guarded && strings.Count(r.Header.Get("Authorization"), ".") != 2 {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			w.WriteHeader(status)
			if identity {
				fmt.Fprint(w, `{"sub":"alice"}`)
			}
		}
	})
	return func() (handler.Gateway, error) { return handler.Gateway{Replicas: []http.Handler{h}}, nil }
}

func constantContract(identity string) scenarios.Contract {
	return scenarios.Contract{
		Name:   "constant",
		Users:  []scenarios.User{{Name: "alice", Password: "any"}, {Name: "bob", Password: "any"}},
		Login:  scenarios.Login{Path: "/login"},
		Logout: scenarios.Logout{Path: "/logout"},
		Routes: []scenarios.Route{{Path: "/api", Identity: identity}, {Path: "/other", Identity: identity}},
	}
}

// A gateway that answers the same to everything, or to every token, proves
// nothing, whatever it answers.
func TestNoConstantGatewayConforms(t *testing.T) {
	t.Parallel()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	played := 0
	for _, status := range []int{200, 204, 302, 400, 401, 403, 404, 429, 500, 503} {
		for _, identity := range []string{"", "$.sub"} {
			for _, guarded := range []bool{false, true} {
				target := &handler.Target{Declares: constantContract(identity), Start: constant(status, identity != "", guarded)}
				run, err := scenarios.Run(context.Background(), target, all, scenarios.Options{MaxWait: 10 * time.Millisecond})
				var wrongLine *scenarios.PreflightError
				if errors.As(err, &wrongLine) {
					continue
				} else if err != nil {
					t.Fatal(err)
				}
				played++
				provesNothing(t, run, fmt.Sprintf("%d to everything (identity %q, guarded %t)", status, identity, guarded), status)
			}
		}
	}
	if played < 20 {
		t.Errorf("%d of them reached the scenarios; 20 at least", played)
	}
}

func provesNothing(t *testing.T, run report.Run, what string, status int) {
	t.Helper()
	if run.Conclusion == report.Conformant || report.ExitCode(run, false) == 0 {
		t.Errorf("%s: %s", what, run.Conclusion)
	}
	for _, r := range run.Records {
		if r.Verdict == report.Pass && r.ID != "lifecycle/login-issues-token" && status >= 400 {
			t.Errorf("%s: %s passes", what, r.ID)
		}
		if r.Verdict == report.Error {
			t.Errorf("%s: %s: %s", what, r.ID, r.Why)
		}
	}
}
