package apim_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/scenarios"
	target "github.com/revocheck/revocheck/scenarios/target/apim"
)

const policy = `<policies><inbound><base /></inbound><backend><base /></backend><outbound /><on-error /></policies>`

func file(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "policy.xml")
	require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
	return name
}

func TestScopesOfPolicies(t *testing.T) {
	for name, scope := range map[string]apim.Scope{
		"global": apim.Global, "api": apim.APIScope("protected"), "logout": apim.OperationScope("logout"),
		"public": apim.OperationScope("public"), "api/auth": apim.APIScope("auth"),
		"product": apim.ProductScope("product"),
	} {
		documents, err := target.ReadPolicies([]string{name + "=" + file(t, policy)})
		require.NoError(t, err)
		require.Contains(t, documents, scope, name)
	}
}

func TestWrongPolicies(t *testing.T) {
	good := file(t, policy)
	for name, pairs := range map[string][]string{
		"SCOPE=FILE": {"logout"}, "no scope": {"nowhere=" + good}, "already": {"api=" + good, "protected=" + good},
		"no such file": {"global=" + good + ".missing"}, "not a file": {"global=" + t.TempDir()},
	} {
		_, err := target.ReadPolicies(pairs)
		require.ErrorContains(t, err, name)
	}
}

func TestWrongOptions(t *testing.T) {
	broken := map[apim.Scope]apim.Document{apim.Global: {Name: "broken.xml", XML: "<policies>"}}
	for message, o := range map[string]target.Options{
		"broken.xml:1": {Policies: broken}, "RS256, ES256": {Alg: "HS256"}, "at least one": {Regions: -1}, "token lifetime": {Lifetime: time.Millisecond},
		"Consumption": {Tier: apim.Consumption},
	} {
		_, err := target.New(o)
		require.ErrorContains(t, err, message)
	}
	_, err := target.ParseTier("premium")
	require.ErrorContains(t, err, "classic, consumption, v2")
	_, err = target.ParseThreshold("")
	require.ErrorContains(t, err, "ge, gt")
}

// TestRefusals: what counts as a refusal is what the documents refuse with.
func TestRefusals(t *testing.T) {
	chosen := map[apim.Scope]apim.Document{apim.Global: {Name: "own.xml", XML: `<policies><inbound>
		<!-- rate-limit-by-key is not used --><choose><when condition="@(false)">
		<return-response><set-status code="440" reason="Ended" /></return-response></when></choose>
		</inbound><backend><forward-request /></backend><outbound /><on-error /></policies>`}}
	for name, c := range map[string]struct {
		target.Options
		want scenarios.Statuses
	}{
		"recipe": {target.Options{}, scenarios.Statuses{401, 429}},
		"quota":  {hardened(t, "quota"), scenarios.Statuses{401, 403}},
		"redis":  {hardened(t, "redis"), scenarios.Statuses{401}},
		"own":    {target.Options{Policies: chosen}, scenarios.Statuses{401, 440}},
	} {
		service, err := target.New(c.Options)
		require.NoError(t, err)
		require.Equal(t, c.want, service.Contract().Refusal.Statuses, name)
	}
}

// TestSubjectSaysWhatTheLinterFinds: a report names the holes in the policies
// that its failures come from; in the best variant there are none.
func TestSubjectSaysWhatTheLinterFinds(t *testing.T) {
	recipe, err := target.New(target.Options{})
	require.NoError(t, err)
	require.Equal(t, "12 findings (raw-header-key, raw-token-key, limiter-before-validate-jwt, empty-key, window-shorter-than-token, single-increment, counts-failed-logout)",
		recipe.Subject().Details["policy lint"])
	best, err := target.New(hardened(t, "redis"))
	require.NoError(t, err)
	require.NotContains(t, best.Subject().Details, "policy lint")
}
