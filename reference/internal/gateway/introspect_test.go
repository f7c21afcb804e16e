package gateway_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/trial"
)

// TestOnlyAClientMayIntrospect, with its credentials in the header or in the form.
func TestOnlyAClientMayIntrospect(t *testing.T) {
	t.Parallel()
	g := trial.New(t, gateway.Config{Introspection: true})
	form := trial.Header("Content-Type", "application/x-www-form-urlencoded")
	token := url.Values{"token": {g.Login("alice")}}
	credentials := url.Values{"client_id": {gateway.IntrospectionClient}, "client_secret": {gateway.IntrospectionSecret}}
	ask := func(fields url.Values, edits ...trial.Edit) int {
		return g.Send(0, http.MethodPost, gateway.IntrospectionPath, fields.Encode(), append(edits, form)...).Code
	}
	basic := func(id, secret string) trial.Edit { return func(r *http.Request) { r.SetBasicAuth(id, secret) } }
	credentialsAnd := url.Values{"token": token["token"], "client_id": credentials["client_id"], "client_secret": credentials["client_secret"]}
	g.Want("no credentials", ask(token), 401)
	g.Want("a bearer token", ask(token, trial.Bearing(token.Get("token"))), 401)
	g.Want("another secret", ask(token, basic(gateway.IntrospectionClient, "guess")), 401)
	g.Want("in the header", ask(token, basic(gateway.IntrospectionClient, gateway.IntrospectionSecret)), 200)
	g.Want("in the form", ask(credentialsAnd), 200)
	g.Want("no token", ask(credentials), 400)
	g.MustBreakStore()
	g.Want("while the store is away", ask(credentialsAnd), 503)
}

// TestThereIsNoIntrospectionUnasked: the path is one like any other.
func TestThereIsNoIntrospectionUnasked(t *testing.T) {
	t.Parallel()
	g := trial.New(t, gateway.Config{})
	g.Want("with a token", g.Send(0, http.MethodPost, gateway.IntrospectionPath, "", trial.Bearing(g.Login("alice"))).Code, 200)
}
