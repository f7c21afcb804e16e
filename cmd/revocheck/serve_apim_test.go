package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/report"
)

// emulated serves an API Management service over TLS, behind a subscription
// key, and gives its target file.
func emulated(t *testing.T, args ...string) (target string, urls []string) {
	t.Helper()
	target = filepath.Join(t.TempDir(), "apim.yaml")
	urls, _ = serving(t, 2, append([]string{"--addr", "127.0.0.1:0", "--tls", "--subscription-key", "k3y", "--target-file", target}, args...)...)
	return target, urls
}

// verdicts runs scenarios and gives their verdicts by ID. On a real clock a
// machine may come too late to decide one, which is played again.
func verdicts(t *testing.T, args ...string) map[string]report.Verdict {
	t.Helper()
	list := verdictsAtOnce(t, args...)
	for range 2 {
		for id, v := range list {
			if v == report.Inconclusive {
				list[id] = verdictsAtOnce(t, append(withoutOnly(args), "--only", id)...)[id]
			}
		}
	}
	return list
}

func withoutOnly(args []string) (rest []string) {
	for i, a := range args {
		if a != "--only" && (i == 0 || args[i-1] != "--only") {
			rest = append(rest, a)
		}
	}
	return rest
}

func verdictsAtOnce(t *testing.T, args ...string) map[string]report.Verdict {
	t.Helper()
	stored := filepath.Join(t.TempDir(), "run.json")
	_, _, errs := invoke(append([]string{"run", "--json", stored}, args...)...)
	content, err := os.ReadFile(stored)
	require.NoError(t, err, errs)
	var run report.Run
	require.NoError(t, json.Unmarshal(content, &run))
	list := map[string]report.Verdict{}
	for _, r := range run.Records {
		list[r.ID] = r.Verdict
	}
	return list
}

func only(patterns ...string) []string {
	var args []string
	for _, p := range patterns {
		args = append(args, "--only", p)
	}
	return args
}

// brief are scenarios that wait for nothing on a clock that cannot be moved.
var brief = only("lifecycle/logout-ends-token", "lifecycle/re*", "lifecycle/second*", "lifecycle/open*", "replay/after*", "replay/every*",
	"replay/no-side*", "replay/path*", "respelling", "isolation/other*", "isolation/same*", "isolation/sibling*", "forgery", "cluster", "wire")

// shuttingOut are the scenarios after which the recipe lets nobody log in for a
// minute. Each needs a service of its own, as it has in process.
var shuttingOut = []string{"lifecycle/logout-without-token-harmless", "isolation/headerless-logout-blocks-nobody"}

func hardenedPolicies(variant string) []string {
	var args []string
	for _, scope := range []string{"login", "logout", "api"} {
		file := filepath.Join(policyFixtures, "hardened", variant, scope+".xml")
		if _, err := os.Stat(file); err == nil {
			args = append(args, "--policy", scope+"="+file)
		}
	}
	return args
}

// TestSameVerdictsOverTLS: what is emulated in process and what answers on the
// network are judged alike.
func TestSameVerdictsOverTLS(t *testing.T) {
	t.Parallel()
	for name, service := range map[string][]string{
		"recipe":                   {"--strategy", "apim-counter"},
		"recipe, shared counters":  {"--strategy", "apim-counter", "--apim-sync", "0s"},
		"recipe, slow to share":    {"--strategy", "apim-counter", "--apim-sync", "1h"},
		"recipe, >":                {"--strategy", "apim-counter", "--apim-threshold", "gt"},
		"recipe, JsonWebToken":     {"--strategy", "apim-counter", "--apim-token-handler", "jsonwebtoken"},
		"hardened/counter":         hardenedPolicies("counter"),
		"hardened/redis, external": append(hardenedPolicies("redis"), "--apim-external-cache"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := append(slices.Clone(service), "--alg", "ES256")
			want := verdicts(t, append(slices.Clone(service), brief...)...)
			target, _ := emulated(t, service...)
			got := verdicts(t, append([]string{"--target", target}, brief...)...)
			for _, id := range shuttingOut {
				want[id] = verdicts(t, append(slices.Clone(service), "--only", id)...)[id]
				target, _ := emulated(t, service...)
				got[id] = verdicts(t, "--target", target, "--only", id)[id]
			}
			want = inProcessOnly(t, want)
			for id, verdict := range want {
				if got[id] != verdict { // a busy machine may take the minute after which the recipe forgets
					target, _ := emulated(t, service...)
					got[id] = verdicts(t, "--target", target, "--only", id)[id]
				}
			}
			assert.Equal(t, want, got)
		})
	}
}

// inProcessOnly makes not run what needs the issuer's key, which a target file
// of the service does not give away.
func inProcessOnly(t *testing.T, in map[string]report.Verdict) map[string]report.Verdict {
	for _, id := range []string{"forgery/expired-logout", "forgery/wrong-audience", "forgery/wrong-issuer", "isolation/other-claims", "wire/token-not-logged"} {
		if _, ran := in[id]; ran {
			in[id] = report.NotRun
		}
	}
	require.Greater(t, len(in), 40)
	return in
}

// TestRegionsApart: the recipe's regions count each for itself; that they tell
// each other mends that, and that they do so late does not.
func TestRegionsApart(t *testing.T) {
	t.Parallel()
	for when, want := range map[string]report.Verdict{"never": report.Fail, "1m": report.Fail, "0s": report.Pass} {
		target, _ := emulated(t, "--strategy", "apim-counter", "--apim-sync", when)
		got := verdicts(t, "--target", target, "--only", "cluster/other-replica")
		assert.Equal(t, want, got["cluster/other-replica"], when)
	}
}

// TestSubscriptionKeyComesFirst: without the key the answer is API
// Management's own, and says nothing of the token, even of a dead one.
func TestSubscriptionKeyComesFirst(t *testing.T) {
	t.Parallel()
	target, urls := emulated(t, "--strategy", "apim-counter")
	client := trusting(t, target+".crt")
	for key, want := range map[string]string{
		"":        `{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }`,
		"another": `{ "statusCode": 401, "message": "Access denied due to invalid subscription key. Make sure to provide a valid key for an active subscription." }`,
		"k3y":     `{ "statusCode": 401, "message": "JWT not present." }`,
	} {
		for _, url := range urls {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/api/hello", nil)
			require.NoError(t, err)
			if key != "" {
				r.Header.Set("Ocp-Apim-Subscription-Key", key)
			}
			resp, err := client.Do(r)
			require.NoError(t, err)
			body, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			assert.Equal(t, http.StatusUnauthorized, resp.StatusCode)
			assert.Equal(t, want, string(body))
			assert.Equal(t, "application/json", resp.Header.Get("Content-Type"))
			challenged := strings.HasPrefix(resp.Header.Get("WWW-Authenticate"), `AzureApiManagementKey realm="https://127.0.0.1:`)
			assert.Equal(t, key != "k3y", challenged)
		}
	}
}

func trusting(t *testing.T, certificate string) *http.Client {
	t.Helper()
	pem, err := os.ReadFile(certificate)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(pem))
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

// TestTargetFileOfTheService: only its owner can read it, and nothing else is
// needed to probe the service.
func TestTargetFileOfTheService(t *testing.T) {
	t.Parallel()
	target, _ := emulated(t, "--strategy", "apim-counter")
	for _, name := range []string{target, target + ".crt", target + ".key"} {
		info, err := os.Stat(name)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), name)
	}
	code, out, errs := command(t.Context(), "probe", "--max-wait", "1s", "--target", target)
	require.Zero(t, code, errs)
	assert.NotContains(t, out, "k3y")
}

func TestWrongServeFlagsOfAPIM(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"--strategy apim-counter --store memory":                "--store has no meaning",
		"--strategy apim-counter --replicas 3":                  "use --apim-regions",
		"--strategy apim-counter --leeway 3s":                   "--leeway has no meaning for apim-counter; these have: --strategy",
		"--strategy apim-counter --variant lenient-query":       "--variant has no meaning",
		"--strategy apim-counter --apim-sync soon":              `--apim-sync "soon"`,
		"--strategy apim-counter --apim-sync -1s":               `--apim-sync "-1s"`,
		"--strategy apim-counter --apim-store-delay -1s":        "--apim-store-delay -1s",
		"--strategy apim-counter --apim-token-handler go":       "canonical, jsonwebtoken, jwtsecuritytoken",
		"--strategy apim-counter --alg HS256":                   "RS256, ES256",
		"--subscription-key k":                                  "--subscription-key goes with",
		"--strategy denylist --policy api=x":                    "goes with --strategy apim-counter",
		"--policy api=none.xml":                                 "none.xml",
		"--strategy apim-counter --tls":                         "--target-file",
		"--tls --tls-cert a --tls-key b":                        "tls",
		"--tls --target-file no/such/t.yaml --addr localhost:0": "cannot be written",
	} {
		code, out, errs := command(t.Context(), append([]string{"serve"}, strings.Fields(args)...)...)
		assert.Equal(t, exit.CodeUsage, code, args)
		assert.Contains(t, errs, want)
		assert.Empty(t, out)
	}
}
