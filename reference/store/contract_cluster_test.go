package store_test

import (
	"fmt"
	"net/url"
	"testing"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
)

// TestContractInACluster has every rule share three primaries, over which its
// keys spread.
func TestContractInACluster(t *testing.T) {
	t.Parallel()
	cluster := redistest.Start(t, redisserver.Options{Topology: redisserver.Cluster})
	for rule, check := range contract {
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			tries := 0
			holds(t, check, func() subject {
				tries++
				namespace := url.QueryEscape(fmt.Sprint(rule, tries))
				return flowing(openRedis(t, cluster.URL()+"&namespace="+namespace, 0))
			})
		})
	}
}
