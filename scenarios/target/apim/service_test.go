package apim_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/token"
	"github.com/revocheck/revocheck/report"
	target "github.com/revocheck/revocheck/scenarios/target/apim"
)

// TestTokenLifetime: rate limits forget after 300 s, which suffices for tokens that
// live no longer, and for no others.
func TestTokenLifetime(t *testing.T) {
	t.Parallel()
	for life, want := range map[time.Duration][]string{
		5 * time.Minute:  {},
		10 * time.Minute: {"retention/past-300s", "retention/until-exp"},
	} {
		o := hardened(t, "counter")
		o.Regions, o.Lifetime = 1, life
		failed := failing(t, play(t, o, "retention", "expiry"))
		assert.Subset(t, failed, want, life)
		assert.Equal(t, len(want) == 0, len(failed) == 0, "%s: %q", life, failed)
	}
}

// TestWithoutJTI: the hardened sets key by the signed text, behind white space of
// any kind, whatever spellings validate-jwt takes.
func TestWithoutJTI(t *testing.T) {
	t.Parallel()
	for _, variant := range apim.Variants() {
		for _, handler := range []token.Handler{token.JwtSecurityTokenHandler, token.JSONWebTokenHandler} {
			o := hardened(t, variant)
			o.Regions, o.NoJTI, o.TokenHandler = 1, true, handler
			assert.Empty(t, failing(t, play(t, o, "lifecycle/logout-ends-token", "isolation/other-user-unaffected", "respelling", "replay/after-logout")), variant)
		}
	}
}

// TestHardenedForEntra: they work for tokens of Entra ID as they are, by uti.
func TestHardenedForEntra(t *testing.T) {
	t.Parallel()
	for _, variant := range apim.Variants() {
		o := hardened(t, variant)
		o.Regions, o.NamedValues = 1, map[string]string{apim.OpenIDConfigURL: "https://login.microsoftonline.com/contoso/v2.0/.well-known/openid-configuration"}
		assert.Empty(t, failing(t, play(t, o, "lifecycle", "isolation/sibling*", "isolation/other*", "respelling", "replay/after-logout")), variant)
	}
}

// TestEmptyKeyIsAnError has one cause, and nobody gets in.
func TestEmptyKeyIsAnError(t *testing.T) {
	run := play(t, target.Options{EmptyKey: apim.EmptyKeyError}, "lifecycle", "replay", "retention").WithCauses()
	require.Equal(t, report.Nonconformant, run.Conclusion)
	require.Len(t, run.Causes, 1)
	assert.Equal(t, report.BrokeBare, run.Causes[0].Observable)
	assert.Equal(t, "lifecycle/login-issues-token", run.Causes[0].First())
}

// TestEmptyKeyOfOneAPI: where the login is spared, what breaks is still one cause.
func TestEmptyKeyOfOneAPI(t *testing.T) {
	o := setOptions(t, "holes/23-backend-service")
	api := o.Policies[apim.APIScope("protected")]
	api.XML = strings.ReplaceAll(api.XML, `output-token-variable-name="jwt"`, `output-token-variable-name="jwt" clock-skew="0"`)
	start, end := strings.Index(api.XML, "<validate-jwt"), strings.Index(api.XML, "</validate-jwt>")+len("</validate-jwt>")
	validation := api.XML[start:end]
	api.XML = strings.Replace(api.XML[:start]+api.XML[end:], `increment-condition="@(false)" />`, `increment-condition="@(false)" />`+validation, 1)
	o.Policies[apim.APIScope("protected")], o.EmptyKey = api, apim.EmptyKeyError
	run := play(t, o, "lifecycle/no-token-refused", "lifecycle/logout-ends-token", "replay/after-logout").WithCauses()
	require.Len(t, run.Causes, 1)
	assert.Equal(t, report.BrokeBare, run.Causes[0].Observable)
	assert.Equal(t, []string{"lifecycle/no-token-refused"}, run.Causes[0].Scenarios)
}
