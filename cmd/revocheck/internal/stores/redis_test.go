package stores

import (
	"strings"
	"testing"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
)

func TestARedisToStart(t *testing.T) {
	for text, want := range map[string]redisserver.Options{
		"container":                  {Persistence: redisserver.Always},
		"process":                    {Source: redisserver.Process, Persistence: redisserver.Always},
		"process?persistence=none":   {Source: redisserver.Process},
		"container?topology=cluster": {Persistence: redisserver.Always, Topology: redisserver.Cluster},
		"container?maxmemory=4mb&policy=allkeys-lru&image=valkey": {
			Persistence: redisserver.Always, MaxMemory: "4mb", Policy: "allkeys-lru", Image: "valkey",
		},
	} {
		s, err := Read(text, redisserver.Always)
		if err != nil || s.Start == nil {
			t.Errorf("%s: %+v, %v", text, s, err)
			continue
		}
		if got := *s.Start; got.Source != want.Source || got.Persistence != want.Persistence || got.Topology != want.Topology ||
			got.MaxMemory != want.MaxMemory || got.Policy != want.Policy || got.Image != want.Image {
			t.Errorf("%s is read as %+v", text, got)
		}
	}
}

func TestStoresThatNeedNoStart(t *testing.T) {
	for text, name := range map[string]string{
		"memory": "memory", "miniredis": "miniredis", "sqlite": "sqlite", "sqlite:a?b.db": "sqlite", "redis://u:p@container": "redis",
		"rediss-sentinel://h:1?master_name=m": "rediss-sentinel", "unix:///s": "unix",
	} {
		if s, err := Read(text, redisserver.None); err != nil || s.Start != nil || s.Name != name || s.Text != text {
			t.Errorf("%q is read as %+v, %v", text, s, err)
		}
	}
}

// What the table does not have is refused with all that it has, and without
// what may be a password.
func TestStoresThatAreNotThere(t *testing.T) {
	for _, text := range []string{"", "containers", "redis-server", "redis:user:secret@host", "Memory"} {
		_, err := Read(text, redisserver.None)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v", text, err)
			continue
		}
		for _, k := range table {
			if !strings.Contains(err.Error(), k.form) {
				t.Errorf("%q: %v does not name %s", text, err, k.form)
			}
		}
	}
	for text, says := range map[string]string{"memory:x": "nothing can follow", "memory?a=b": "takes no options", "process:7": "nothing can follow"} {
		if _, err := Read(text, redisserver.None); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestWhichGivenStoresAProxyFits(t *testing.T) {
	for text, want := range map[string]bool{
		"redis://127.0.0.1:6379/0": true, "redis://user:word@redis": true, "redis://127.0.0.1:1?namespace=a": true,
		"memory": false, "miniredis": false, "rediss://h:1": false, "redis-sentinel://h:1?master_name=m": false,
		"redis://h:1?master_name=m": false, "redis://h:1?addr=h:2": false, "redis://h:1?read_from=h:2": false, "unix:///s": false,
	} {
		s, err := Read(text, redisserver.None)
		if fits := s.Breakable().Start != nil; fits != want || err != nil {
			t.Errorf("%s: a proxy fits: %t, want %t (%v)", text, fits, want, err)
		}
	}
}
