package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// wholeSeconds is a gateway whose logout ends every token of its user that was
// issued in that second or before.
type wholeSeconds struct {
	issued atomic.Int64
	mu     sync.Mutex
	last   map[string]int64 // by user: the second of the last logout
}

var wholeSecondsKey = []byte("a key for tests alone, 32 bytes.")

func (g *wholeSeconds) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/login" {
		var who struct{ User string }
		_ = json.NewDecoder(r.Body).Decode(&who)
		now := time.Now()
		claims := jwt.MapClaims{"sub": who.User, "jti": fmt.Sprint(g.issued.Add(1)), "iat": now.Unix(), "exp": now.Add(time.Hour).Unix()}
		raw, _ := jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(wholeSecondsKey)
		_ = json.NewEncoder(w).Encode(map[string]string{"access_token": raw})
		return
	}
	claims := jwt.MapClaims{}
	raw := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	_, err := jwt.ParseWithClaims(raw, claims, func(*jwt.Token) (any, error) { return wholeSecondsKey, nil }, jwt.WithValidMethods([]string{"HS256"}))
	g.mu.Lock()
	defer g.mu.Unlock()
	user, _ := claims["sub"].(string)
	iat, _ := claims["iat"].(float64)
	switch {
	case err != nil || int64(iat) <= g.last[user]:
		w.WriteHeader(http.StatusUnauthorized)
	case r.URL.Path == "/logout":
		g.last[user] = time.Now().Unix()
		w.WriteHeader(http.StatusNoContent)
	}
}

// A cut-off in whole seconds, which is declared, makes neither a probe nor a
// bench take a login that it ends for a fault.
func TestNobodyLogsInUnderACutOff(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(&wholeSeconds{last: map[string]int64{}})
	t.Cleanup(s.Close)
	target := file(t, "target.yaml", fmt.Sprintf(`endpoints: [%s]
users: [{name: alice, password: a-secret-password}, {name: bob, password: a-secret-password}]
login: {path: /login}
logout: {path: /logout, scope: user, cut_off_granularity: 1s}
routes: [{path: /api}]
`, s.URL))
	for range 2 { // the logout may fall anywhere within a second
		code, out, errs := command(t.Context(), "probe", "--target", target, "--max-wait", "3s")
		if code != 0 || !strings.Contains(out, "threshold (holds): one logout ends a token") || strings.Contains(out, "not measured") {
			t.Errorf("probe: exit %d\n%s%s", code, out, errs)
		}
	}
	code, out, errs := command(t.Context(), "bench", "--target", target, "--duration", "2s", "--rate", "50")
	if code != 0 && code != exit.CodePartial { // 2 s are too short for an interval
		t.Errorf("bench: exit %d\n%s%s", code, out, errs)
	}
}
