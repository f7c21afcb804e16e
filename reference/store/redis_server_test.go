package store_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

// server is a redis-server that listens at a socket, and where its arguments
// say.
type server struct {
	*os.Process
	socket string
	ended  chan struct{}
}

func launch(t *testing.T, args ...string) *server {
	t.Helper()
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		if os.Getenv("REVOCHECK_REQUIRE_DOCKER") == "1" {
			t.Fatal("redis-server is not installed, and REVOCHECK_REQUIRE_DOCKER=1 forbids to skip")
		}
		t.Skip("SKIPPED: redis-server is not installed; real Redis was not tested")
	}
	s := &server{socket: filepath.Join(t.TempDir(), "s"), ended: make(chan struct{})}
	cmd := exec.Command(binary, append(args, "--unixsocket", s.socket)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s.Process = cmd.Process
	go func() { _ = cmd.Wait(); close(s.ended) }()
	t.Cleanup(func() { _ = s.Kill(); <-s.ended })
	return s
}

// redisProcess runs a real Redis without persistence.
func redisProcess(t *testing.T, args ...string) *server {
	t.Helper()
	return launch(t, append([]string{"--port", "0", "--save", "", "--dir", t.TempDir()}, args...)...)
}

// redisServer runs a real Redis without persistence and returns its URL.
func redisServer(t *testing.T, args ...string) string {
	t.Helper()
	return redisProcess(t, args...).url()
}

func (s *server) url() string { return "unix://" + s.socket }

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
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for {
		err := condition()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("still not so after a minute: %v", err)
		case <-time.After(10 * time.Millisecond):
		}
	}
}
