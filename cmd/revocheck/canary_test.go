package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/revocheck/revocheck/reference"
)

// TestTheExampleRunsAsItIs against the service that serve emulates: with its token
// endpoint, its subscription key, and nothing of the file changed.
func TestTheExampleRunsAsItIs(t *testing.T) {
	for name, c := range map[string]struct {
		service []string
		want    int
		says    string
	}{
		"sound":         {hardenedPolicies("counter"), 0, "CONFORMANT (canary"},
		"never blocks":  {[]string{"--strategy", "apim-counter", "--apim-threshold", "gt"}, 1, "A logged-out token is still accepted"},
		"no key is 500": {[]string{"--strategy", "apim-counter", "--apim-empty-key", "error"}, 0, "CONFORMANT (canary"},
	} {
		t.Run(name, func(t *testing.T) {
			urls, _ := serving(t, 1, append([]string{"--addr", "127.0.0.1:0", "--apim-regions", "1", "--subscription-key", "k3y"}, c.service...)...)
			asInTheExample(t, urls[0])
			code, out, errs := command(t.Context(), "run", "--target", apimExample, "--profile", "canary")
			assert.Equal(t, c.want, code, errs)
			assert.Contains(t, out, c.says)
			code, out, _ = command(t.Context(), "run", "--target", apimExample, "--profile", "canary", "--dry-run")
			assert.Zero(t, code)
			assert.Contains(t, out, "1 scenario: 6 calls")
			t.Setenv("APIM_CLIENT_SECRET", "another-secret")
			code, _, errs = command(t.Context(), "run", "--target", apimExample, "--profile", "canary")
			assert.Equal(t, 2, code)
			assert.True(t, strings.Contains(errs, "invalid_client (AADSTS7000215); the client secret is wrong"), errs)
		})
	}
}

// apimExample is the target file that users start from.
const apimExample = "../../fixtures/targets/apim.yaml"

// asInTheExample sets its variables for the service that serve emulates.
func asInTheExample(t *testing.T, url string) {
	t.Helper()
	users := reference.DefaultUsers()
	for variable, value := range map[string]string{
		"APIM_GATEWAY_URL": url, "APIM_SUBSCRIPTION_KEY": "k3y", "APIM_TOKEN_URL": url + "/tenant/oauth2/v2.0/token",
		"APIM_SCOPE": "api://orders/.default", "APIM_CLIENT_ID": "alice", "APIM_CLIENT_SECRET": users["alice"],
		"APIM_SECOND_CLIENT_ID": "bob", "APIM_SECOND_CLIENT_SECRET": users["bob"],
	} {
		t.Setenv(variable, value)
	}
}

// TestTokensThatPassNoLogin of the gateway: with the deny-list in Redis the first
// call is turned away and begins the epoch, and what comes after is judged.
func TestTokensThatPassNoLogin(t *testing.T) {
	service := append(hardenedPolicies("redis"), "--apim-external-cache", "--addr", "127.0.0.1:0", "--apim-regions", "1", "--subscription-key", "k3y")
	urls, _ := serving(t, 1, service...)
	asInTheExample(t, urls[0])
	code, out, errs := command(t.Context(), "run", "--target", apimExample, "--profile", "canary")
	assert.Equal(t, 4, code, out+errs)
	code, out, errs = command(t.Context(), "run", "--target", apimExample, "--profile", "canary")
	assert.Zero(t, code, errs)
	assert.Contains(t, out, "CONFORMANT (canary")
	code, out, errs = command(t.Context(), append([]string{"run", "--target", apimExample, "--allow-partial"},
		only("lifecycle/logout-ends-token", "lifecycle/re*", "replay/after-logout", "isolation/other-user-unaffected", "respelling/scheme-case")...)...)
	assert.Zero(t, code, out+errs)
	assert.NotContains(t, out, "inconclusive")
}
