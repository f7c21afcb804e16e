package apim_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	apimpolicies "github.com/revocheck/revocheck/fixtures/apim"
	"github.com/revocheck/revocheck/reference/apim"
	target "github.com/revocheck/revocheck/scenarios/target/apim"
)

// setOptions reads a set of fixtures/apim/sets, as run --policy does.
func setOptions(t *testing.T, dir string) target.Options {
	t.Helper()
	o := target.Options{
		Regions: 1, ExternalCache: true, NamedValues: map[string]string{},
		Policies: map[apim.Scope]apim.Document{}, Fragments: map[string]apim.Document{},
	}
	names, err := fs.Glob(apimpolicies.Files, "sets/"+dir+"/*")
	require.NoError(t, err)
	require.NotEmpty(t, names)
	for _, name := range names {
		text, err := fs.ReadFile(apimpolicies.Files, name)
		require.NoError(t, err)
		d, base := apim.Document{Name: path.Base(name), XML: string(text)}, path.Base(name)
		if scope, ok := apim.ScopeOfFile(base); ok && path.Ext(base) == ".xml" {
			o.Policies[scope] = d
		} else if id, ok := strings.CutSuffix(base, ".fragment"); ok {
			o.Fragments[id] = d
		} else {
			for _, word := range strings.Fields(strings.ReplaceAll(d.XML, "--named-value", "")) {
				key, value, _ := strings.Cut(word, "=")
				o.NamedValues[key] = value
			}
		}
	}
	return o
}

// TestSetsRun: what the run in process says of each set, where it can tell.
func TestSetsRun(t *testing.T) {
	only := []string{"lifecycle/*", "isolation/*", "replay/*", "respelling/*"}
	for dir, sound := range map[string]bool{
		"sound/s5-named-values": true, "sound/s6-uti": true, "sound/s7-with-throttle": true,
		"holes/02-fragment": false, "holes/03-as-string": false, "holes/06-rate-limit": false, "holes/12-get-only": false,
		"holes/17-never-equal": false, "holes/20-login-removes": false, "holes/23-backend-service": false, "holes/24-entra-jti": false,
		"holes/25-tab": false,
	} {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			failed := failing(t, play(t, setOptions(t, dir), only...))
			if sound {
				assert.Empty(t, failed)
			} else {
				assert.NotEmpty(t, failed)
			}
		})
	}
}

// TestOwnTokenOfTheGateway: a backend that the gateway calls with a token of its
// own is no hole of the revocation.
func TestOwnTokenOfTheGateway(t *testing.T) {
	for _, own := range []string{
		`<authentication-managed-identity resource="https://orders" />`,
		`<authentication-managed-identity resource="https://orders" output-token-variable-name="own" /><set-header name="Authorization" exists-action="override"><value>@("Bearer " + (string)context.Variables["own"])</value></set-header>`,
	} {
		o := setOptions(t, "sound/s6-uti")
		api := o.Policies[apim.APIScope("protected")]
		changed := strings.Replace(api.XML, "</inbound>", own+"</inbound>", 1)
		require.NotEqual(t, api.XML, changed)
		o.Policies[apim.APIScope("protected")] = apim.Document{Name: api.Name, XML: changed}
		assert.Empty(t, failing(t, play(t, o, "lifecycle/logout-ends-token", "replay/after-logout", "isolation/other-user")))
	}
}
