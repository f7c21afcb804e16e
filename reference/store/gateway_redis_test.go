package store_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/revocheck/revocheck/reference"
)

// gateway is a deployment of two replicas over a real Redis.
type gateway struct {
	*testing.T
	replicas []http.Handler
}

func newGateway(t *testing.T, strategy, url string) gateway {
	t.Helper()
	var d *reference.Deployment
	eventually(t, func() (err error) {
		d, err = reference.Start(reference.Config{Strategy: strategy, Store: url, StoreTimeout: 300 * time.Millisecond}, 2)
		return err
	})
	t.Cleanup(func() { _ = d.Close() })
	if err := d.BreakStore(); err == nil {
		t.Error("BreakStore of a store outside the process succeeded")
	}
	return gateway{t, d.Replicas()}
}

func (g gateway) send(replica int, method, path, body, token string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+token)
	w := httptest.NewRecorder()
	g.replicas[replica].ServeHTTP(w, r)
	return w
}

// served repeats a request while the gateway has no answer from its store: on a
// busy machine a Redis that is well may answer late.
func (g gateway) served(replica int, method, path, body, token string) *httptest.ResponseRecorder {
	g.Helper()
	var w *httptest.ResponseRecorder
	eventually(g.T, func() error {
		if w = g.send(replica, method, path, body, token); w.Code == http.StatusServiceUnavailable {
			return errors.New("the gateway has no answer from its store")
		}
		return nil
	})
	return w
}

func (g gateway) login() string {
	g.Helper()
	var answer struct {
		Token string `json:"access_token"`
	}
	w := g.served(0, "POST", "/login", `{"user":"alice","password":"correct-horse"}`, "")
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Token == "" {
		g.Fatalf("login: %d %s", w.Code, w.Body)
	}
	return answer.Token
}

func (g gateway) call(replica int, token string) int {
	g.Helper()
	return g.served(replica, "GET", "/api/hello", "", token).Code
}

func (g gateway) logout(token string) int {
	g.Helper()
	return g.served(0, "POST", "/logout", "", token).Code
}

func (g gateway) want(what string, got, want int) {
	g.Helper()
	if got != want {
		g.Errorf("%s: %d, want %d", what, got, want)
	}
}

func TestGatewayOverRealRedis(t *testing.T) {
	for _, strategy := range []string{"denylist", "not-before"} {
		t.Run(strategy, func(t *testing.T) {
			server := redisProcess(t)
			openRedis(t, server.url(), 0)
			g := newGateway(t, strategy, server.url())
			dead := g.login()
			g.want("live", g.call(1, dead), 200)
			g.want("logout", g.logout(dead), 204)
			g.want("dead", g.call(1, dead), 401)
			live := g.login()

			server.stop(t)
			g.want("live, while Redis hangs", g.send(0, "GET", "/api/hello", "", live).Code, 503)
			g.want("logout, while Redis hangs", g.send(0, "POST", "/logout", "", live).Code, 503)
			server.signal(t, syscall.SIGCONT)
			g.want("dead, when Redis goes on", g.call(0, dead), 401)
		})
	}
}

func TestKeysInRedisHoldNoToken(t *testing.T) {
	url := redisServer(t)
	openRedis(t, url, 0)
	g := newGateway(t, "denylist", url)
	raw := g.login()
	g.want("logout", g.logout(raw), 204)

	client := redis.NewClient(&redis.Options{Network: "unix", Addr: strings.TrimPrefix(url, "unix://")})
	defer client.Close()
	keys, err := client.Keys(t.Context(), "*").Result()
	if err != nil || len(keys) != 1 {
		t.Fatalf("Redis holds %d keys, %v; want 1", len(keys), err)
	}
	if len(keys[0]) > 100 || strings.Contains(keys[0], "alice") || strings.Contains(keys[0], raw[:20]) {
		t.Errorf("the key is %q, want a digest", keys[0])
	}
	if ttl := client.PTTL(t.Context(), keys[0]).Val(); ttl < 59*time.Minute || ttl > 61*time.Minute {
		t.Errorf("the key lives for %v, want about an hour", ttl)
	}
}

// stop returns when the server has stopped.
func (s *server) stop(t *testing.T) {
	t.Helper()
	s.signal(t, syscall.SIGSTOP)
	if _, err := syscall.Wait4(s.Pid, nil, syscall.WUNTRACED, nil); err != nil {
		t.Fatal(err)
	}
}

func (s *server) signal(t *testing.T, what os.Signal) {
	t.Helper()
	if err := s.Signal(what); err != nil {
		t.Fatal(err)
	}
}
