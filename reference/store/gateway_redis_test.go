package store_test

import (
	"encoding/json"
	"fmt"
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
	d, err := reference.Start(reference.Config{Strategy: strategy, Store: url, StoreTimeout: 300 * time.Millisecond}, 2)
	if err != nil {
		t.Fatal(err)
	}
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

func (g gateway) login() string {
	g.Helper()
	var answer struct {
		Token string `json:"access_token"`
	}
	w := g.send(0, "POST", "/login", `{"user":"alice","password":"correct-horse"}`, "")
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || answer.Token == "" {
		g.Fatalf("login: %d %s", w.Code, w.Body)
	}
	return answer.Token
}

func (g gateway) call(replica int, token string) int {
	return g.send(replica, "GET", "/api/hello", "", token).Code
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
			url, server := redisProcess(t)
			openRedis(t, url, 0)
			g := newGateway(t, strategy, url)
			dead := g.login()
			g.want("live", g.call(1, dead), 200)
			g.want("logout", g.send(0, "POST", "/logout", "", dead).Code, 204)
			g.want("dead", g.call(1, dead), 401)
			live := g.login()

			signal(t, server, syscall.SIGSTOP)
			g.want("live, while Redis hangs", g.call(0, live), 503)
			g.want("logout, while Redis hangs", g.send(0, "POST", "/logout", "", live).Code, 503)
			signal(t, server, syscall.SIGCONT)
			eventually(t, func() error {
				if got := g.call(0, dead); got != 401 {
					return fmt.Errorf("the dead token gave %d", got)
				}
				return nil
			})
		})
	}
}

func TestKeysInRedisHoldNoToken(t *testing.T) {
	url := redisServer(t)
	openRedis(t, url, 0)
	g := newGateway(t, "denylist", url)
	raw := g.login()
	g.want("logout", g.send(0, "POST", "/logout", "", raw).Code, 204)

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

func signal(t *testing.T, server *os.Process, s os.Signal) {
	t.Helper()
	if err := server.Signal(s); err != nil {
		t.Fatal(err)
	}
}
