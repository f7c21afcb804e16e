package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

const policyFixtures = "../../fixtures/apim/"

// runPolicy runs the command alone, and gives its exit code, output and error.
func runPolicy(args ...string) (int, string, error) {
	cmd := policyCommand()
	var out bytes.Buffer
	cmd.SetArgs(args)
	cmd.SetOut(&out)
	cmd.SetErr(&out)
	cmd.SilenceErrors, cmd.SilenceUsage = true, true
	err := cmd.Execute()
	return exit.Code(err), out.String(), err
}

func TestPolicyLintExitCodes(t *testing.T) {
	t.Parallel()
	bad := filepath.Join(t.TempDir(), "global.xml")
	require.NoError(t, os.WriteFile(bad, []byte("<policies><inbound><soap-shield/></inbound></policies>"), 0o600))
	tests := map[string]struct {
		args []string
		want int
	}{
		"clean directory": {[]string{"lint", policyFixtures + "hardened/redis"}, 0},
		"clean files":     {[]string{"lint", "--token-lifetime=5m", "api/x=" + policyFixtures + "hardened/counter/api.xml", policyFixtures + "hardened/counter/logout.xml"}, 0},
		"findings":        {[]string{"lint", policyFixtures + "recipe"}, 1},
		"no file":         {[]string{"lint"}, 2},
		"missing file":    {[]string{"lint", "none.xml"}, 2},
		"empty directory": {[]string{"lint", t.TempDir()}, 2},
		"unsupported":     {[]string{"lint", bad}, 2},
		"wrong scope":     {[]string{"lint", "planet/x=" + bad}, 2},
		"wrong tier":      {[]string{"lint", "--tier=gold", policyFixtures + "recipe"}, 2},
		"wrong lifetime":  {[]string{"lint", "--token-lifetime=-1s", policyFixtures + "recipe"}, 2},
		"two on stdout":   {[]string{"lint", "--json=-", "--sarif=-", policyFixtures + "recipe"}, 2},
		"consumption":     {[]string{"lint", "--tier=consumption", policyFixtures + "hardened/quota"}, 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			code, _, _ := runPolicy(tt.args...)
			assert.Equal(t, tt.want, code)
		})
	}
}

// What is not understood is listed at its line, and is no finding of its own.
func TestPolicyLintNamesThePlace(t *testing.T) {
	t.Parallel()
	bad := filepath.Join(t.TempDir(), "global.xml")
	require.NoError(t, os.WriteFile(bad, []byte("<policies><inbound>\n<soap-shield/></inbound></policies>"), 0o600))
	sarif := filepath.Join(t.TempDir(), "out.sarif")
	code, out, err := runPolicy("lint", "--json=-", "--sarif="+sarif, bad)
	assert.ErrorContains(t, err, "not all is judged: 1")
	assert.Equal(t, exit.CodeUsage, code)
	var decoded struct {
		Findings []struct {
			File, Rule, Message string
			Line                int
		}
	}
	require.NoError(t, json.Unmarshal([]byte(out), &decoded))
	require.Len(t, decoded.Findings, 1)
	assert.Equal(t, "not-judged "+bad, decoded.Findings[0].Rule+" "+decoded.Findings[0].File)
	assert.Contains(t, decoded.Findings[0].Message, "<soap-shield> is not known")
	assert.Equal(t, 2, decoded.Findings[0].Line)
	stored, err := os.ReadFile(sarif)
	require.NoError(t, err)
	assert.Contains(t, string(stored), `"level": "note"`)
}

// A fragment is found beside the documents, or by a flag.
func TestPolicyLintFragments(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	api := filepath.Join(dir, "api.xml")
	require.NoError(t, os.WriteFile(api, []byte(`<policies><inbound><include-fragment fragment-id="look"/></inbound></policies>`), 0o600))
	code, _, _ := runPolicy("lint", api)
	assert.Equal(t, exit.CodeUsage, code, "the fragment may hold the check")
	look := filepath.Join(t.TempDir(), "anything.xml")
	require.NoError(t, os.WriteFile(look, []byte(`<fragment><quota-by-key calls="1" renewal-period="0" counter-key="@(context.Request.Headers.GetValueOrDefault("Authorization",""))" increment-condition="false"/></fragment>`), 0o600))
	code, out, _ := runPolicy("lint", "--fragment=look="+look, "api="+api)
	assert.Equal(t, 1, code)
	assert.Contains(t, out, look+":1: raw-header-key")
}

func TestPolicyLintOutputs(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "out.sarif")
	code, out, _ := runPolicy("lint", "--json=-", "--sarif="+file, policyFixtures+"recipe")
	assert.Equal(t, 1, code)
	var decoded struct{ Findings []struct{ Rule string } }
	require.NoError(t, json.Unmarshal([]byte(out), &decoded), "standard output holds JSON and nothing else")
	assert.NotEmpty(t, decoded.Findings)
	stored, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Contains(t, string(stored), `"2.1.0"`)

	code, _, err = runPolicy("lint", "--json="+filepath.Join(t.TempDir(), "none", "x"), policyFixtures+"recipe")
	assert.Equal(t, exit.CodeUsage, code)
	assert.Error(t, err)
}
