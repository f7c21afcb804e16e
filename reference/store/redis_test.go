package store_test

import (
	"context"
	"errors"
	"net"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/store"
)

func TestRedisURLsThatAreRefused(t *testing.T) {
	for name, test := range map[string]struct{ url, says string }{
		"another scheme":    {"http://u:sesame@h:1", "scheme"},
		"not a URL":         {"redis://u:ses\x7fame@h:1", "cannot be parsed"},
		"port is a word":    {"redis://u:p@sesame:sesame@h:sesame", "cannot be parsed"},
		"unknown parameter": {"redis://u:sesame@h:1/0?tyop=1", "tyop"},
		"database":          {"redis://u:sesame@h:1/x", "database"},
		"sentinel unnamed":  {"redis-sentinel://u:sesame@h:1", "master_name"},
		"no authority file": {"rediss://u:sesame@h:1?ca_file=/nowhere.pem", "/nowhere.pem"},
		"cluster address":   {"redis-cluster://u:sesame@h:1?addr=nonsense", "addr"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := store.OpenRedis(t.Context(), test.url, 0)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Fatalf("OpenRedis: %v, want an error with %q", err, test.says)
			}
			if strings.Contains(err.Error(), "sesame") {
				t.Errorf("the error shows the password: %v", err)
			}
		})
	}
}

func TestUnreachableServers(t *testing.T) {
	t.Parallel()
	port := deafPort(t)
	for _, url := range []string{
		"redis://u:sesame@127.0.0.1:" + port + "?max_retries=-1",
		"rediss://u:sesame@127.0.0.1:" + port + "?max_retries=-1",
		"redis://u:sesame@127.0.0.1:" + port + "?max_retries=-1&master_name=m",
		"redis-cluster://u:sesame@127.0.0.1:" + port + "?max_retries=-1",
	} {
		_, err := store.OpenRedis(t.Context(), url, 0)
		if !errors.Is(err, store.ErrUnreachable) {
			t.Errorf("OpenRedis of a closed port: %v, want ErrUnreachable", err)
		} else if strings.Contains(err.Error(), "sesame") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
}

// deafPort is a port that is held, so that nobody else can listen there, and at
// which nobody listens.
func deafPort(t *testing.T) string {
	t.Helper()
	socket, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	syscall.CloseOnExec(socket)
	t.Cleanup(func() { _ = syscall.Close(socket) })
	if err := syscall.Bind(socket, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	at, err := syscall.Getsockname(socket)
	if err != nil {
		t.Fatal(err)
	}
	return strconv.Itoa(at.(*syscall.SockaddrInet4).Port)
}

func TestAMuteServerTimesOut(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if _, err := store.OpenRedis(ctx, "redis://"+l.Addr().String()+"?read_timeout=50ms&max_retries=-1", 0); err == nil {
		t.Error("a server that never answers was taken for a store")
	}
	if ctx.Err() != nil {
		t.Error("the store had no time-out of its own")
	}
}

func TestRedisWithAPassword(t *testing.T) {
	port, _ := redisAt(t, func(port string) []string { return []string{"--port", port, "--requirepass", "sesame"} })
	r := openRedis(t, "redis://default:sesame@127.0.0.1:"+port, 0)
	if err := r.Add(t.Context(), "k", time.Hour); err != nil {
		t.Fatal(err)
	}
	_, err := store.OpenRedis(t.Context(), "redis://default:wrong-word@127.0.0.1:"+port, 0)
	if err == nil || strings.Contains(err.Error(), "wrong-word") {
		t.Errorf("a wrong password gave %v, want an error that does not show it", err)
	}
}

func TestWaitForReplicas(t *testing.T) {
	t.Parallel()
	port, _ := redisAt(t, atPort)
	r := openRedis(t, "redis://127.0.0.1:"+port, 1)
	var err error
	eventually(t, func() error { // a busy server may say nothing in time
		if err = r.Add(t.Context(), "k", time.Hour); errors.Is(err, store.ErrUnreachable) {
			return err
		}
		return nil
	})
	if !errors.Is(err, store.ErrNotReplicated) {
		t.Errorf("Add without a replica: %v, want ErrNotReplicated", err)
	}
	redisServer(t, "--replicaof", "127.0.0.1", port)
	eventually(t, func() error { return r.Add(t.Context(), "k", time.Hour) })
	// A busy replica may miss one acknowledgement.
	eventually(t, func() error { return r.Raise(t.Context(), "u", 1, time.Hour) })
}

func TestMiniredisFollowsRealTimeToo(t *testing.T) {
	s, err := store.OpenMiniredis(clock.System())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Add(t.Context(), "k", 20*time.Millisecond); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() error {
		if has, err := s.Has(t.Context(), "k"); has || err != nil {
			return errors.Join(errors.New("the key is still listed"), err)
		}
		return nil
	})
}
