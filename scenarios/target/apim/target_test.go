package apim_test

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	target "github.com/revocheck/revocheck/scenarios/target/apim"
)

var update = flag.Bool("update", false, "write the list of failing scenarios anew, to be read before it is committed")

const goldenFailures = "testdata/failures.txt"

// services are those whose failing scenarios the golden file lists.
func services(t *testing.T) map[string]target.Options {
	t.Helper()
	list := map[string]target.Options{
		"recipe":    {},
		"recipe-gt": {Threshold: apim.OverLimit},
	}
	for _, v := range apim.Variants() {
		list[v] = hardened(t, v)
	}
	external := list["cache"]
	external.ExternalCache = true
	list["cache-external"] = external
	return list
}

// hardened is a variant with what its README says that it needs.
func hardened(t *testing.T, variant string) target.Options {
	t.Helper()
	documents, err := apim.Hardened(variant)
	require.NoError(t, err)
	return target.Options{Policies: documents, ExternalCache: variant == "redis"}
}

// TestFailures compares the scenarios that fail, or that the service's refusals
// keep from an answer, with the golden list.
func TestFailures(t *testing.T) {
	golden, fresh := readFailures(t), map[string][]string{}
	for name, o := range services(t) {
		t.Run(name, func(t *testing.T) {
			fresh[name] = failing(t, play(t, o))
			if !*update {
				require.Equal(t, inCatalogue(t, golden[name]), fresh[name])
			}
		})
	}
	if *update {
		writeFailures(t, fresh)
	}
}

// TestRecipeMisses names what the published recipe is known to miss.
func TestRecipeMisses(t *testing.T) {
	run := play(t, target.Options{}, "retention/past-60s", "respelling", "isolation/headerless-logout-blocks-nobody", "cluster/other-replica")
	require.Subset(t, failing(t, run), inCatalogue(t, []string{
		"retention/past-60s", "isolation/headerless-logout-blocks-nobody", "cluster/other-replica",
		"respelling/scheme-case", "respelling/extra-space", "respelling/trailing-bits", "respelling/ecdsa-twin",
	}))
	require.Equal(t, report.Nonconformant, run.Conclusion)
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
	for _, o := range []target.Options{{}, hardened(t, "counter")} {
		classic := failing(t, play(t, o, "lifecycle", "retention/past-60s", "respelling"))
		o.Tier = apim.V2
		require.Equal(t, classic, failing(t, play(t, o, "lifecycle", "retention/past-60s", "respelling")))
	}
}

// TestSharedCounters: what fails because regions count alone passes once they
// tell each other at once, or when there is one.
func TestSharedCounters(t *testing.T) {
	alone := hardened(t, "counter")
	require.Equal(t, []string{"cluster/other-replica"}, failing(t, play(t, alone, "cluster/other-replica")))
	alone.Sync.Enabled = true
	require.Empty(t, failing(t, play(t, alone, "cluster/other-replica")))
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

// failing lists what failed, and with a question mark what got no answer.
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

// inCatalogue keeps the scenarios that there are.
func inCatalogue(t *testing.T, ids []string) []string {
	t.Helper()
	all, err := catalogue.All()
	require.NoError(t, err)
	known := []string{}
	for _, id := range ids {
		if slices.ContainsFunc(all, func(s scenarios.Scenario) bool { return s.ID == strings.TrimSuffix(id, "?") }) {
			known = append(known, id)
		}
	}
	return known
}

func readFailures(t *testing.T) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(goldenFailures)
	if !*update {
		require.NoError(t, err)
	}
	list := map[string][]string{}
	for line := range strings.Lines(string(b)) {
		if name, ids, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			list[name] = strings.Fields(ids)
		}
	}
	return list
}

func writeFailures(t *testing.T, list map[string][]string) {
	t.Helper()
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(list)) {
		fmt.Fprintf(&b, "%s: %s\n", name, strings.Join(list[name], " "))
	}
	require.NoError(t, os.MkdirAll("testdata", 0o755))
	require.NoError(t, os.WriteFile(goldenFailures, []byte(b.String()), 0o644))
}
