package store_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// redisCluster runs a Cluster of one node that has all the slots. That is
// enough for the client to go the way of a Cluster.
func redisCluster(t *testing.T) string {
	t.Helper()
	port, _ := redisAt(t, func(port string) []string {
		return []string{"--port", port, "--cluster-enabled", "yes", "--cluster-port", freePort(t)}
	})
	allSlots(t, "redis://127.0.0.1:"+port)
	return "redis-cluster://127.0.0.1:" + port + "?addr=127.0.0.1:" + port
}

// allSlots gives a node all the slots.
func allSlots(t *testing.T, url string) {
	t.Helper()
	o, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	o.ReadTimeout = time.Minute // slots that are given twice are an error
	node := redis.NewClient(o)
	defer node.Close()
	eventually(t, func() error { return node.Ping(t.Context()).Err() })
	if err := node.ClusterAddSlotsRange(t.Context(), 0, 16383).Err(); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() error { return node.Exists(t.Context(), "any key").Err() })
}

// redisSentinel runs a primary, and a Sentinel that watches it.
func redisSentinel(t *testing.T) string {
	t.Helper()
	primary, _ := redisAt(t, atPort)
	port := sentinelAt(t, func(port string) string {
		return "port " + port + "\nsentinel monitor main 127.0.0.1 " + primary + " 1\n"
	})
	return "redis-sentinel://127.0.0.1:" + port + "?master_name=main"
}

func atPort(port string) []string { return []string{"--port", port} }

// sentinelAt runs a Sentinel by its configuration.
func sentinelAt(t *testing.T, text func(port string) string) string {
	t.Helper()
	port, _ := atFreePort(t, func(port string) *server {
		config := filepath.Join(t.TempDir(), "sentinel.conf")
		if err := os.WriteFile(config, []byte(text(port)), 0o600); err != nil {
			t.Fatal(err)
		}
		return launch(t, config, "--sentinel")
	})
	return port
}

func TestSentinel(t *testing.T) {
	serves(t, redisSentinel(t))
}

func TestWaitForReplicasInACluster(t *testing.T) {
	t.Parallel()
	r := openRedis(t, redisCluster(t), 1)
	if err := r.Add(t.Context(), "k", time.Hour); err == nil {
		t.Error("a write that no replica has was acknowledged")
	}
}
