package history_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios/history"
)

const (
	slots    = 48 // tokens that are alive at once
	replicas = 3
)

// credential is a token with the name it has in the history.
type credential struct{ name, raw string }

// load is many clients of a gateway that call and log out the same tokens.
type load struct {
	testing.TB
	deployment *reference.Deployment
	replicas   []http.Handler
	record     history.Recorder
	sent       atomic.Int64

	mu     sync.Mutex
	issued int
	live   [slots]credential
	dead   []credential
}

func newLoad(t testing.TB, cfg reference.Config) *load {
	t.Helper()
	d, err := reference.Start(cfg, replicas)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	l := &load{TB: t, deployment: d, replicas: d.Replicas()}
	for i := range l.live {
		l.live[i] = l.login()
	}
	return l
}

func (l *load) login() credential {
	password := reference.DefaultUsers()["alice"]
	status, body := l.send(0, "POST", "/login", "", `{"user":"alice","password":"`+password+`"}`)
	var answer struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Token == "" {
		l.Errorf("login: %d %v", status, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.issued++
	return credential{fmt.Sprint("T", l.issued), answer.Token}
}

// send has a replica answer in process: what is under test is how replicas
// agree over their store, and a socket would halve the number of operations.
func (l *load) send(replica int, method, path, token, body string) (int, []byte) {
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res := httptest.NewRecorder()
	l.replicas[replica].ServeHTTP(res, req)
	return res.Code, res.Body.Bytes()
}

// ask sends one operation, records it and gives its outcome.
func (l *load) ask(client, replica int, k history.Kind, c credential) history.Outcome {
	method, path := "GET", "/api/hello"
	if k == history.Logout {
		method, path = "POST", "/logout"
	}
	o := history.Operation{Register: c.name, Token: c.name, Kind: k, Client: client, Replica: replica, Sent: time.Now()}
	status, _ := l.send(replica, method, path, c.raw, "")
	o.Received = time.Now()
	switch {
	case status == http.StatusOK || status == http.StatusNoContent:
		o.Outcome = history.Accepted
	case status == http.StatusUnauthorized:
		o.Outcome = history.Refused
	case status != http.StatusServiceUnavailable:
		l.Errorf("%s %s: %d", method, path, status)
	}
	l.record.Add(o)
	l.sent.Add(1)
	return o.Outcome
}

// run has clients send for as long as there is more to do.
func (l *load) run(clients int, seed uint64, more func() bool) {
	var all sync.WaitGroup
	for client := range clients {
		all.Go(func() {
			choice := rand.New(rand.NewPCG(seed, uint64(client)))
			for more() {
				l.step(client, choice)
			}
		})
	}
	all.Wait()
}

// step calls a live or a dead token, or logs a live one out and calls it.
func (l *load) step(client int, choice *rand.Rand) {
	replica, slot := choice.IntN(replicas), choice.IntN(slots)
	c := l.pick(slot, choice)
	if choice.IntN(15) > 0 {
		l.ask(client, replica, history.Call, c)
		return
	}
	if l.ask(client, replica, history.Logout, c) != history.Accepted {
		return
	}
	l.ask(client, choice.IntN(replicas), history.Call, c)
	fresh := l.login()
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.live[slot] == c {
		l.live[slot] = fresh
		l.dead = append(l.dead, c)
	}
}

func (l *load) pick(slot int, choice *rand.Rand) credential {
	l.mu.Lock()
	defer l.mu.Unlock()
	if n := len(l.dead); n > 0 && choice.IntN(4) == 0 {
		return l.dead[choice.IntN(n)]
	}
	return l.live[slot]
}

// ended is how many tokens were logged out.
func (l *load) ended() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.dead)
}

// finish calls every dead token at every replica, and a new one.
func (l *load) finish(clients int) {
	var all sync.WaitGroup
	for client := range clients {
		all.Go(func() {
			for i := client; i < len(l.dead); i += clients {
				for replica := range replicas {
					l.ask(client, replica, history.Call, l.dead[i])
				}
			}
		})
	}
	all.Wait()
	for replica := range replicas {
		if got := l.told(replica, l.login()); got != history.Accepted {
			l.Errorf("a live token at replica %d: outcome %d, want accepted", replica+1, got)
		}
	}
}

// told calls until the answer tells something, for a minute at most.
func (l *load) told(replica int, c credential) history.Outcome {
	for deadline := time.Now().Add(time.Minute); ; {
		if o := l.ask(0, replica, history.Call, c); o != history.Unknown || time.Now().After(deadline) {
			return o
		}
	}
}

// check gives what the checker finds.
func (l *load) check() history.Result {
	l.Helper()
	r := history.Check(l.record.Operations(), history.Limits{Time: time.Minute})
	l.Logf("%d operations on %d tokens, %d logged out; %d calls without a telling answer, %d violations",
		r.Operations, r.Registers, len(l.dead), r.Unknown, len(r.Violations))
	if len(r.Undecided) > 0 {
		l.Errorf("undecided: %v", r.Undecided)
	}
	return r
}

// sound requires that the checker finds nothing.
func (l *load) sound() {
	l.Helper()
	r := l.check()
	for _, v := range r.Violations[:min(3, len(r.Violations))] {
		l.Errorf("%s: %s\n%v", v.Fault, v.Why, v.Timeline)
	}
	if !r.OK() || len(l.dead) == 0 || r.Operations == r.Unknown {
		l.Errorf("%d violations, %d logouts, %d of %d operations told something", len(r.Violations), len(l.dead), r.Operations-r.Unknown, r.Operations)
	}
}
