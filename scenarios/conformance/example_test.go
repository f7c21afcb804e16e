package conformance_test

import (
	"net/http"
	"testing"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/conformance"
	"github.com/revocheck/revocheck/scenarios/target/handler"
)

// A gateway's own test says how the gateway is used and how one is made; each
// scenario gets a fresh one.
func Example() {
	newGateway := func() (handler.Gateway, error) {
		gateway := http.NewServeMux() // in its place, your handler
		return handler.Gateway{Replicas: []http.Handler{gateway}}, nil
	}
	contract := scenarios.Contract{
		Name: "shop",
		Users: []scenarios.User{
			{Name: "ann", Password: "secret-of-ann"}, {Name: "ben", Password: "secret-of-ben"},
		},
		Login:  scenarios.Login{Path: "/login", Token: "$.access_token"},
		Logout: scenarios.Logout{Path: "/logout"},
		Routes: []scenarios.Route{{Path: "/basket", Identity: "$.owner"}},
	}
	// The test: func TestGateway(t *testing.T).
	_ = func(t *testing.T) {
		target := &handler.Target{Declares: contract, Start: newGateway}
		conformance.Test(t, target, scenarios.Options{}, conformance.Scripts(t, "testdata/*.txt")...)
	}
}
