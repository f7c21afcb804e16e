package lint_test

import (
	"io/fs"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	apimpolicies "github.com/revocheck/revocheck/fixtures/apim"
	"github.com/revocheck/revocheck/reference/apim/lint"
)

// sets is what each set of fixtures/apim/sets is to be told, as "file rule".
// A set without a line is sound.
var sets = map[string]string{
	"holes/02-fragment":          "check-revoked.fragment raw-header-key, check-revoked.fragment raw-token-key, revoke.fragment raw-header-key, revoke.fragment raw-token-key",
	"holes/03-as-string":         "api.xml raw-header-key, api.xml raw-token-key, logout.xml raw-header-key, logout.xml raw-token-key",
	"holes/06-rate-limit":        "api.xml logout-not-covered, logout.xml logout-not-covered, logout.xml logout-not-covered, logout.xml limit-of-subscription",
	"holes/10-check-in-outbound": "api.xml cache-fails-open, api.xml check-after-backend",
	"holes/12-get-only":          "api.xml cache-fails-open, api.xml check-skipped",
	"holes/17-never-equal":       "api.xml cache-fails-open, api.xml check-never-refuses",
	"holes/20-login-removes":     "api.xml key-of-several-tokens, api.xml cache-fails-open, login.xml revocation-removed, logout.xml key-of-several-tokens",
	"holes/23-backend-service":   "api.xml raw-header-key, api.xml raw-token-key, logout.xml raw-header-key, logout.xml raw-token-key",
	"holes/24-entra-jti":         "api.xml key-of-several-tokens, logout.xml key-of-several-tokens",
	"holes/25-tab":               "api.xml raw-header-key, logout.xml raw-header-key",
}

// setOptions reads the --named-value flags of ARGS.
func setOptions(t *testing.T, dir string) lint.Options {
	args, err := fs.ReadFile(apimpolicies.Files, dir+"/ARGS")
	require.NoError(t, err)
	o := lint.Options{NamedValues: map[string]string{}}
	for _, word := range strings.Fields(strings.ReplaceAll(string(args), "--named-value", "")) {
		name, value, ok := strings.Cut(word, "=")
		require.True(t, ok, word)
		o.NamedValues[name] = value
	}
	return o
}

func TestSets(t *testing.T) {
	dirs, err := fs.Glob(apimpolicies.Files, "sets/*/*")
	require.NoError(t, err)
	require.Greater(t, len(dirs), len(sets))
	for _, dir := range dirs {
		t.Run(strings.TrimPrefix(dir, "sets/"), func(t *testing.T) {
			files := fixture(t, dir)
			fragments, err := fs.Glob(apimpolicies.Files, dir+"/*.fragment")
			require.NoError(t, err)
			for _, name := range fragments {
				text, err := fs.ReadFile(apimpolicies.Files, name)
				require.NoError(t, err)
				files = append(files, lint.File{Name: path.Base(name), Scope: "fragment", Text: string(text)})
			}
			want := []string{}
			if expected, hole := sets[strings.TrimPrefix(dir, "sets/")]; hole {
				want = strings.Split(expected, ", ")
			}
			assert.Equal(t, want, rules(t, files, setOptions(t, dir)))
		})
	}
}
