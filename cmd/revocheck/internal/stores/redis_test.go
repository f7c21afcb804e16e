package stores

import (
	"testing"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
)

func TestWhatAnOwnStoreIsReadAs(t *testing.T) {
	for text, want := range map[string]redisserver.Options{
		"container":                  {Persistence: redisserver.Always},
		"process?persistence=none":   {Source: redisserver.Process},
		"container?topology=cluster": {Persistence: redisserver.Always, Topology: redisserver.Cluster},
		"container?maxmemory=4mb&policy=allkeys-lru&image=valkey": {
			Persistence: redisserver.Always, MaxMemory: "4mb", Policy: "allkeys-lru", Image: "valkey",
		},
	} {
		got, own, err := Read(text)
		if !own || err != nil || got.Source != want.Source || got.Persistence != want.Persistence || got.Topology != want.Topology ||
			got.MaxMemory != want.MaxMemory || got.Policy != want.Policy || got.Image != want.Image {
			t.Errorf("%s is read as %+v, %t, %v", text, got, own, err)
		}
	}
	for _, text := range []string{"memory", "redis://container", "containers", ""} {
		if _, own, err := Read(text); own || err != nil {
			t.Errorf("%q is taken for a Redis to start (%v)", text, err)
		}
	}
}

func TestWhichGivenStoresAProxyFits(t *testing.T) {
	for text, want := range map[string]bool{
		"redis://127.0.0.1:6379/0": true, "redis://user:word@redis": true, "redis://127.0.0.1:1?namespace=a": true,
		"memory": false, "miniredis": false, "rediss://h:1": false, "redis-sentinel://h:1?master_name=m": false,
		"redis://h:1?master_name=m": false, "redis://h:1?addr=h:2": false, "redis://h:1?read_from=h:2": false, "unix:///s": false,
	} {
		if _, fits := Given(text); fits != want {
			t.Errorf("%s: a proxy fits: %t, want %t", text, fits, want)
		}
	}
}
