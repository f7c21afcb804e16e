package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
	"github.com/revocheck/revocheck/report"
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
		got, own, err := readOwnStore(text)
		if !own || err != nil || got.Source != want.Source || got.Persistence != want.Persistence || got.Topology != want.Topology ||
			got.MaxMemory != want.MaxMemory || got.Policy != want.Policy || got.Image != want.Image {
			t.Errorf("%s is read as %+v, %t, %v", text, got, own, err)
		}
	}
	for _, text := range []string{"memory", "redis://container", "containers", ""} {
		if _, own, err := readOwnStore(text); own || err != nil {
			t.Errorf("%q is taken for a Redis to start (%v)", text, err)
		}
	}
}

func TestOwnStoresThatCannotBe(t *testing.T) {
	for store, want := range map[string]string{
		"process?color=red":          `unknown option "color"`,
		"process?persistence=often":  `persistence "often"`,
		"process?topology=ring":      `topology "ring"`,
		"container?a=%zz":            "name=value",
		"process?policy=allkeys-lru": "maxmemory",
		"process?image=valkey":       "needs containers",
	} {
		for _, command := range []string{"run", "serve"} {
			if code, _, errs := invoke(command, "--store", store); code != exitUsage || !strings.Contains(errs, want) {
				t.Errorf("%s --store %s exits %d and says %q; want %d and %q", command, store, code, errs, exitUsage, want)
			}
		}
	}
}

// Without redis-server the command says what to do, and that it is not the
// gateway that failed.
func TestARedisThatCannotBeStarted(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for _, command := range []string{"run", "serve"} {
		code, _, errs := invoke(command, "--store", "process")
		if code != exitBroken || !strings.Contains(errs, "install Redis") {
			t.Errorf("%s exits %d and says %q", command, code, errs)
		}
	}
}

// leftovers are the directories of Redis servers under the temporary one.
func leftovers(t *testing.T, dir string) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(dir, "revocheck-redis-*"))
	if err != nil {
		t.Fatal(err)
	}
	return left
}

func TestARunOverAnOwnRedisBreaksItAndLeavesNothing(t *testing.T) {
	redistest.Need(t, redisserver.Process)
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	code, out, errs := invoke("run", "--store", "process?persistence=none", "--profile", "full", "--allow-partial",
		"--only", "resilience/store-restart*", "--only", "resilience/store-back", "--only", "resilience/store-down*")
	if code != 0 || !strings.Contains(out, "20 of 20 acknowledged logouts were lost") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if left := leftovers(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// A Redis that runs already is cut off by a proxy, and is neither restarted nor
// touched.
func TestARunOverAGivenRedisCutsItOff(t *testing.T) {
	s := redistest.Start(t, redisserver.Options{Source: redisserver.Process})
	code, out, errs := invoke("run", "--store", s.URL(), "--profile", "full", "--allow-partial", "--verbose",
		"--only", "resilience/store-back", "--only", "resilience/connection-reset", "--only", "resilience/store-restart*")
	if code != 0 || !strings.Contains(out, "2 passed") || !strings.Contains(out, "store-restart: resilience/store-restart") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	code, out, _ = invoke("run", "--store", s.URL(), "--profile", "full", "--fault", "fails-open", "--only", "resilience/store-back")
	if code != report.ExitNonconformant {
		t.Errorf("a gateway that fails open exits %d\n%s", code, out)
	}
}

func TestWhichGivenStoresAProxyFits(t *testing.T) {
	for text, want := range map[string]bool{
		"redis://127.0.0.1:6379/0": true, "redis://user:word@redis": true, "redis://127.0.0.1:1?namespace=a": true,
		"memory": false, "miniredis": false, "rediss://h:1": false, "redis-sentinel://h:1?master_name=m": false,
		"redis://h:1?master_name=m": false, "redis://h:1?addr=h:2": false, "redis://h:1?read_from=h:2": false, "unix:///s": false,
	} {
		if _, fits := givenStore(text); fits != want {
			t.Errorf("%s: a proxy fits: %t, want %t", text, fits, want)
		}
	}
}

func TestAServedRedisGoesWithTheGateway(t *testing.T) {
	redistest.Need(t, redisserver.Process)
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		dir := t.TempDir()
		cmd := process("serve", "--addr", "127.0.0.1:0", "--store", "process")
		cmd.Env, cmd.Stderr = append(cmd.Env, "TMPDIR="+dir), os.Stderr
		started(t, cmd)
		if len(leftovers(t, dir)) != 1 {
			t.Error("it runs no Redis")
		}
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v: %v", s, err)
		}
		if left := leftovers(t, dir); len(left) > 0 {
			t.Errorf("%v leaves behind %v", s, left)
		}
	}
}
