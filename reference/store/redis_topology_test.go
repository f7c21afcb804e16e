package store_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// redisCluster runs a Cluster of one node that has all the slots. That is
// enough for the client to go the way of a Cluster.
func redisCluster(t *testing.T) string {
	t.Helper()
	port := freePort(t)
	redisServer(t, "--port", port, "--cluster-enabled", "yes", "--cluster-port", freePort(t))
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
	primary, port := freePort(t), freePort(t)
	redisServer(t, "--port", primary)
	sentinelProcess(t, "port "+port+"\nsentinel monitor main 127.0.0.1 "+primary+" 1\n")
	return "redis-sentinel://127.0.0.1:" + port + "?master_name=main"
}

// sentinelProcess runs a Sentinel by its configuration.
func sentinelProcess(t *testing.T, text string) {
	t.Helper()
	config := filepath.Join(t.TempDir(), "sentinel.conf")
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	sentinel := exec.Command("redis-server", config, "--sentinel")
	if err := sentinel.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = sentinel.Process.Kill()
		_ = sentinel.Wait()
	})
}

func TestSentinel(t *testing.T) {
	serves(t, redisSentinel(t))
}

func TestWaitForReplicasInACluster(t *testing.T) {
	r := openRedis(t, redisCluster(t), 1)
	if err := r.Add(t.Context(), "k", time.Hour); err == nil {
		t.Error("a write that no replica has was acknowledged")
	}
}
