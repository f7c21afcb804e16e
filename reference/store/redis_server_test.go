package store_test

import (
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

// redisServer runs a real Redis without persistence and returns its URL.
func redisServer(t *testing.T, args ...string) string {
	t.Helper()
	url, _ := redisProcess(t, args...)
	return url
}

func redisProcess(t *testing.T, args ...string) (string, *os.Process) {
	t.Helper()
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv("REVOCHECK_REQUIRE_DOCKER") == "1" {
			t.Fatal("redis-server is not installed, and REVOCHECK_REQUIRE_DOCKER=1 forbids to skip")
		}
		t.Skip("SKIPPED: redis-server is not installed; real Redis was not tested")
	}
	socket := filepath.Join(t.TempDir(), "s")
	fixed := []string{"--port", "0", "--unixsocket", socket, "--save", "", "--dir", t.TempDir()}
	server := exec.Command(binary, append(fixed, args...)...)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	return "unix://" + socket, server.Process
}

// openRedis waits until the server answers.
func openRedis(t *testing.T, url string, waitFor int) *store.Redis {
	t.Helper()
	var r *store.Redis
	eventually(t, func() (err error) {
		r, err = store.OpenRedis(context.Background(), url, waitFor)
		return err
	})
	t.Cleanup(func() { _ = r.Close() })
	return r
}

// eventually polls a condition that another process brings about.
func eventually(t *testing.T, condition func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		err := condition()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("still not so after 20s: %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
}
