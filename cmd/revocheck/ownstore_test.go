package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	redisserver "github.com/revocheck/revocheck/fixtures/redis/server"
	redistest "github.com/revocheck/revocheck/fixtures/redis/test"
	"github.com/revocheck/revocheck/report"
)

func TestOwnStoresThatCannotBe(t *testing.T) {
	t.Parallel()
	for store, want := range map[string]string{
		"process?color=red":          `unknown option "color"`,
		"process?persistence=often":  `persistence "often"`,
		"process?topology=ring":      `topology "ring"`,
		"container?a=%zz":            "name=value",
		"process?policy=allkeys-lru": "maxmemory",
		"process?image=valkey":       "needs containers",
		"redis-server":               "memory, miniredis, sqlite[:FILE], process, container or a URL such as redis://",
		"memory:8":                   "nothing can follow it",
	} {
		for _, command := range []string{"run", "serve", "bench", "bench table"} {
			flag := "--store"
			if command == "bench table" {
				flag = "--stores"
			}
			if code, _, errs := invoke(append(strings.Fields(command), flag, store)...); code != exit.CodeUsage || !strings.Contains(errs, want) {
				t.Errorf("%s --store %s exits %d and says %q; want %d and %q", command, store, code, errs, exit.CodeUsage, want)
			}
		}
	}
}

// Without redis-server the command says what to do, and that it is not the
// gateway that failed.
func TestARedisThatCannotBeStarted(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for _, command := range []string{"run", "serve", "bench"} {
		code, _, errs := invoke(command, "--store", "process")
		if code != exit.CodeBroken || !strings.Contains(errs, "install Redis") {
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
	t.Parallel()
	redistest.Need(t, redisserver.Process)
	dir := t.TempDir()
	run := process("run", "--store", "process?persistence=none", "--profile", "full", "--allow-partial",
		"--only", "resilience/store-restart*", "--only", "resilience/store-back", "--only", "resilience/store-down*")
	run.Env = append(run.Env, "TMPDIR="+dir)
	if out, err := run.CombinedOutput(); err != nil || !strings.Contains(string(out), "20 of 20 acknowledged logouts were lost") {
		t.Errorf("%v\n%s", err, out)
	}
	if left := leftovers(t, dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// decided is a run that tells all its verdicts. On a busy machine a real Redis
// may answer too late to decide one, or to be found at all: then it is played
// again, twice at most.
func decided(args ...string) (code int, out, errs string) {
	for range 3 {
		code, out, errs = invoke(args...)
		if !strings.Contains(out+errs, "inconclusive resilience/") && !strings.Contains(errs, "the revocation store cannot be reached: i/o timeout") {
			break
		}
	}
	return code, out, errs
}

// A Redis that runs already is cut off by a proxy, and is neither restarted nor
// touched.
func TestARunOverAGivenRedisCutsItOff(t *testing.T) {
	t.Parallel()
	s := redistest.Start(t, redisserver.Options{Source: redisserver.Process})
	code, out, errs := decided("run", "--store", s.URL(), "--profile", "full", "--allow-partial", "--verbose",
		"--only", "resilience/store-back", "--only", "resilience/connection-reset", "--only", "resilience/store-restart*")
	if code != 0 || !strings.Contains(out, "2 passed") || !strings.Contains(out, "store-restart: resilience/store-restart") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	code, out, _ = decided("run", "--store", s.URL(), "--profile", "full", "--verbose", "--fault", "fails-open", "--only", "resilience/store-back")
	if code != report.ExitNonconformant {
		t.Errorf("a gateway that fails open exits %d\n%s", code, out)
	}
}

func TestAServedRedisGoesWithTheGateway(t *testing.T) {
	t.Parallel()
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
