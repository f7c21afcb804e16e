package reference_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/scenariotest"
	"github.com/revocheck/revocheck/scenarios/target/reference"
)

// TestOverARealRedis runs the scenarios without long waits against the gateway
// over Redis in a container: two replicas, and a clock that does not move.
func TestOverARealRedis(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t, redisserver.Options{})
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	target, err := reference.New(gateway.Config{Store: server.URL()}, 2)
	if err != nil {
		t.Fatal(err)
	}
	records, err := scenariotest.Decided(t.Context(), target, all, scenarios.Options{
		Only: []string{"lifecycle/*token*", "replay/after-logout", "replay/hammered", "isolation/other-user-unaffected", "cluster/other-replica"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range records {
		if r.Verdict != report.Pass {
			t.Errorf("%s: %s: %s", r.ID, r.Verdict, r.Why)
		}
	}
}

// TestReadingFromALaggingReplicaFails has every call ask a replica that hears
// of no logout that the primary acknowledged.
func TestReadingFromALaggingReplicaFails(t *testing.T) {
	t.Parallel()
	primary := redistest.Start(t, redisserver.Options{Source: redisserver.Process, Proxied: true})
	replica := redistest.Start(t, redisserver.Options{Source: redisserver.Process, Args: []string{
		"--replicaof", strings.ReplaceAll(primary.Addr(), ":", " "), "--repl-diskless-sync-delay", "0",
	}})
	direct := "redis://" + primary.Direct() + "/0"
	follows(t, direct)
	if err := primary.Link.Partition(); err != nil {
		t.Fatal(err)
	}
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	target, err := reference.New(gateway.Config{Store: direct + "?read_from=" + replica.Addr()}, 2)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"lifecycle/logout-ends-token", "concurrency/leak-window", "concurrency/linearizable-logout", "cluster/other-replica", "cluster/propagation-time"}
	run, err := scenarios.Run(t.Context(), target, all, scenarios.Options{Only: ids})
	if err != nil {
		t.Fatal(err)
	}
	if got := failures(run); !slices.Equal(got, ids) {
		t.Errorf("of %v fail %v", ids, got)
	}
}

// follows waits until a server's replica has what is written to the server.
func follows(t *testing.T, url string) {
	t.Helper()
	s, err := store.OpenRedis(t.Context(), url, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for end := time.Now().Add(20 * time.Second); s.Add(t.Context(), "k", time.Minute) != nil; {
		if time.Now().After(end) {
			t.Fatal("the replica does not follow its primary")
		}
	}
}
