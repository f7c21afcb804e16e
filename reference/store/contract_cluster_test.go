package store_test

import (
	"net/url"
	"testing"

	"github.com/revocheck/revocheck/fixtures/redisserver"
	"github.com/revocheck/revocheck/fixtures/redistest"
)

// TestContractInACluster has every rule share three primaries, over which its
// keys spread.
func TestContractInACluster(t *testing.T) {
	cluster := redistest.Start(t, redisserver.Options{Topology: redisserver.Cluster})
	for rule, check := range contract {
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			check(t, flowing(openRedis(t, cluster.URL()+"&namespace="+url.QueryEscape(rule), 0)))
		})
	}
}
