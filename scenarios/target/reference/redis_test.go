package reference_test

import (
	"context"
	"testing"

	"github.com/revocheck/revocheck/fixtures/redisserver"
	"github.com/revocheck/revocheck/fixtures/redistest"
	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/reference"
)

// TestOverARealRedis runs the scenarios without long waits against the gateway
// over Redis in a container: two replicas, and a clock that does not move.
func TestOverARealRedis(t *testing.T) {
	server := redistest.Start(t, redisserver.Options{})
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	target, err := reference.New(gateway.Config{Store: server.URL()}, 2)
	if err != nil {
		t.Fatal(err)
	}
	run, err := scenarios.Run(context.Background(), target, all, scenarios.Options{
		Only: []string{"lifecycle/*token*", "replay/after-logout", "replay/hammered", "isolation/other-user-unaffected", "cluster/other-replica"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range run.Records {
		if r.Verdict != report.Pass {
			t.Errorf("%s: %s: %s", r.ID, r.Verdict, r.Why)
		}
	}
}
