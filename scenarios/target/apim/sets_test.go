package apim_test

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	apimpolicies "github.com/revocheck/revocheck/fixtures/apim"
	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/report"
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

// setsRun is what the run in process finds first in each set with a hole, and how the
// target is seen to be wrong. The sound ones are those without a line.
var setsRun = map[string]struct {
	observable report.Observable
	scenario   string
}{
	"holes/02-fragment":          {report.DeadAccepted, "respelling/scheme-case"},
	"holes/03-as-string":         {report.DeadAccepted, "respelling/scheme-case"},
	"holes/06-rate-limit":        {report.DeadAccepted, "lifecycle/logout-ends-token"},
	"holes/10-check-in-outbound": {report.DeadAccepted, "replay/no-side-effect"},
	"holes/12-get-only":          {report.DeadAccepted, "replay/every-route-and-method"},
	"holes/17-never-equal":       {report.DeadAccepted, "lifecycle/logout-ends-token"},
	"holes/20-login-removes":     {report.LiveRefused, "isolation/sibling-session-unaffected"},
	"holes/23-backend-service":   {report.DeadAccepted, "respelling/scheme-case"},
	"holes/24-entra-jti":         {report.LiveRefused, "isolation/other-user-unaffected"},
	"holes/25-tab":               {report.DeadAccepted, "respelling/extra-space"},
}

// TestSetsRun: what the run in process says of each set.
func TestSetsRun(t *testing.T) {
	dirs, err := fs.Glob(apimpolicies.Files, "sets/*/*")
	require.NoError(t, err)
	require.Greater(t, len(dirs), len(setsRun))
	for _, dir := range dirs {
		dir = strings.TrimPrefix(dir, "sets/")
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			run := play(t, setOptions(t, dir), "lifecycle/*", "isolation/*", "replay/*", "respelling/*")
			want, hole := setsRun[dir]
			if !hole {
				assert.Empty(t, failing(t, run))
				return
			}
			assert.Equal(t, report.Nonconformant, run.Conclusion)
			i := slices.IndexFunc(run.Records, func(r report.Record) bool { return r.ID == want.scenario })
			require.GreaterOrEqual(t, i, 0)
			assert.Equal(t, report.Fail, run.Records[i].Verdict)
			assert.Equal(t, want.observable, run.Records[i].Finding.Observable)
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
