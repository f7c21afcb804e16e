package apim_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	apimpolicies "github.com/revocheck/revocheck/fixtures/apim"
	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/token"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	target "github.com/revocheck/revocheck/scenarios/target/apim"
)

// services are the columns of the README's table.
func services(t *testing.T) map[string]target.Options {
	t.Helper()
	external := hardened(t, "cache")
	external.ExternalCache = true
	return map[string]target.Options{
		"recipe": {}, "counter": hardened(t, "counter"), "quota": hardened(t, "quota"),
		"cache, built-in": hardened(t, "cache"), "cache, external": external, "redis": hardened(t, "redis"),
	}
}

// hardened is a variant with what its README says that it needs.
func hardened(t *testing.T, variant string) target.Options {
	t.Helper()
	documents, err := apim.Hardened(variant)
	require.NoError(t, err)
	return target.Options{Policies: documents, ExternalCache: variant == "redis"}
}

// TestReadmeNamesWhatFails holds the table of fixtures/apim/README.md against
// the whole catalogue: what it says fails does, and nothing else does.
func TestReadmeNamesWhatFails(t *testing.T) {
	table := readTable(t)
	for name, o := range services(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			run := play(t, o)
			said := []string{}
			for id, cells := range table {
				require.Contains(t, cells, name, "the table lacks a column")
				if cells[name] == "fails" {
					said = append(said, id)
				}
				if !ran(run, id) && cells[name] != "-" || ran(run, id) && cells[name] == "-" {
					t.Errorf("%s: the table says %q", id, cells[name])
				}
			}
			slices.Sort(said)
			require.Equal(t, said, failing(t, run))
		})
	}
}

// readTable gives, by scenario, what each column says.
func readTable(t *testing.T) map[string]map[string]string {
	t.Helper()
	text, err := apimpolicies.Files.ReadFile("README.md")
	require.NoError(t, err)
	var columns []string
	table := map[string]map[string]string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.Trim(cells[i], " *`")
		}
		switch {
		case cells[0] == "scenario":
			columns = cells
		case len(columns) == 0 || len(cells) != len(columns):
			columns = nil // the table has ended
		case strings.Contains(cells[0], "/"):
			table[cells[0]] = map[string]string{}
			for i := 1; i < len(cells); i++ {
				require.Contains(t, []string{"fails", "passes", "-"}, cells[i], line)
				table[cells[0]][columns[i]] = cells[i]
			}
		}
	}
	require.NotEmpty(t, table)
	return table
}

func ran(run report.Run, id string) bool {
	return slices.ContainsFunc(run.Records, func(r report.Record) bool { return r.ID == id && r.Verdict != report.NotRun })
}

// TestRecipeMisses names what the published recipe is known to miss.
func TestRecipeMisses(t *testing.T) {
	run := play(t, target.Options{}, "retention/past-60s", "respelling", "isolation/headerless-logout-blocks-nobody", "cluster/other-replica")
	require.Equal(t, []string{
		"cluster/other-replica", "isolation/headerless-logout-blocks-nobody",
		"respelling/ecdsa-twin", "respelling/extra-space", "respelling/scheme-case", "respelling/trailing-bits",
		"retention/past-60s",
	}, failing(t, run))
	require.Equal(t, report.Nonconformant, run.Conclusion)
}

// TestTheRecipeSaysWhen: what is told of a moment is by the clock that was moved.
func TestTheRecipeSaysWhen(t *testing.T) {
	run := play(t, target.Options{}, "retention/past-60s")
	require.Len(t, run.Records, 1)
	require.Regexp(t, `accepted \(200\) 1m[0-9.]+s after its logout was acknowledged`, run.Records[0].Why)
}

// TestThreshold: the recipe never blocks where a counter has to pass its limit;
// the hardened variants do not depend on it.
func TestThreshold(t *testing.T) {
	require.Contains(t, failing(t, play(t, target.Options{Threshold: apim.OverLimit}, "lifecycle")), "lifecycle/logout-ends-token")
	for _, v := range apim.Variants() {
		o := hardened(t, v)
		o.Threshold = apim.OverLimit
		require.Empty(t, failing(t, play(t, o, "lifecycle", "replay/after-logout")), v)
	}
}

// TestTiers: the token bucket of the v2 tiers changes nothing for one logout.
func TestTiers(t *testing.T) {
	t.Parallel()
	for _, o := range []target.Options{{}, hardened(t, "counter")} {
		classic := failing(t, play(t, o, "lifecycle", "retention/past-60s", "respelling"))
		o.Tier = apim.V2
		require.Equal(t, classic, failing(t, play(t, o, "lifecycle", "retention/past-60s", "respelling")))
	}
}

// TestSharedCounters: what fails because regions count alone passes once they
// tell each other at once, or when there is one. Told late is not enough.
func TestSharedCounters(t *testing.T) {
	t.Parallel()
	apart := []string{"cluster/other-replica", "cluster/propagation-time"}
	alone := hardened(t, "counter")
	require.Equal(t, apart, failing(t, play(t, alone, apart...)))
	late := alone
	late.Sync = apim.Sync{Enabled: true, Delay: time.Second}
	require.Equal(t, apart, failing(t, play(t, late, apart...)))
	shared := alone
	shared.Sync.Enabled = true
	require.Empty(t, failing(t, play(t, shared, append(apart, "concurrency")...)))
	alone.Regions = 1
	require.Empty(t, failing(t, play(t, alone, "concurrency")))
}

// TestSpellings: the recipe fails every spelling that the validator takes, and
// the hardened ones none.
func TestSpellings(t *testing.T) {
	t.Parallel()
	canonical := []string{"respelling/ecdsa-twin", "respelling/extra-space", "respelling/scheme-case"}
	decoded := append(slices.Clone(canonical), "respelling/trailing-bits")
	for handler, want := range map[token.Handler][]string{
		token.CanonicalOnly: canonical, token.JwtSecurityTokenHandler: decoded,
		token.JSONWebTokenHandler: append(slices.Clone(decoded), "respelling/embedded-whitespace", "respelling/padding", "respelling/standard-alphabet"),
	} {
		require.ElementsMatch(t, want, failing(t, play(t, target.Options{TokenHandler: handler}, "respelling")))
		for _, v := range apim.Variants() {
			o := hardened(t, v)
			o.TokenHandler = handler
			require.Empty(t, failing(t, play(t, o, "respelling")), v)
		}
	}
}

// play runs the catalogue, or what is named of it.
func play(t *testing.T, o target.Options, only ...string) report.Run {
	t.Helper()
	all, err := catalogue.All()
	require.NoError(t, err)
	service, err := target.New(o)
	require.NoError(t, err)
	run, err := scenarios.Run(context.Background(), service, all, scenarios.Options{Profile: scenarios.Full, Only: only})
	require.NoError(t, err)
	return run
}

// failing lists what failed, and with a question mark what said nothing of
// revocation.
func failing(t *testing.T, run report.Run) []string {
	t.Helper()
	failed := []string{}
	for _, r := range run.Records {
		switch r.Verdict {
		case report.Error, report.Undecided:
			t.Errorf("%s: %s: %s", r.ID, r.Verdict, r.Why)
		case report.Inconclusive:
			failed = append(failed, r.ID+"?")
		case report.Fail:
			failed = append(failed, r.ID)
		}
	}
	slices.Sort(failed)
	return failed
}
