//go:build soak

package simulate

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/revocheck/revocheck/loadgen/simulation/closedform"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/apim"
	apimtarget "github.com/revocheck/revocheck/scenarios/target/apim"
)

// What is measured over TCP on the clock of the machine: tokens of eight seconds,
// which are logged out when a session of a second on average ends, and shown to a
// random one of two gateways every tenth of a second or so until they expire.
// Compared is for how long it works then or, where a logout does not end it for
// good, how much of the rest of its life that takes from it.
const (
	measuredLife    = 8 * time.Second
	measuredSession = time.Second
	measuredStep    = 100 * time.Millisecond
)

// samples is how many tokens are watched under each strategy.
func samples() int {
	if n, err := strconv.Atoi(os.Getenv("REVOCHECK_SIMULATION_SAMPLES")); err == nil {
		return n
	}
	return 5000
}

// gateways are the addresses of the two.
func gateways(t *testing.T, strategy string) []string {
	t.Helper()
	var handlers []http.Handler
	if strategy == apimtarget.Strategy.Name {
		handlers = recipe(t)
	} else {
		d, err := reference.Start(reference.Config{Strategy: strategy, MaxLifetime: time.Hour, Lifetime: measuredLife, Propagation: 700 * time.Millisecond, Users: everybody()}, 2)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.Close() })
		handlers = d.Replicas()
	}
	var urls []string
	for _, h := range handlers {
		s := httptest.NewServer(h)
		t.Cleanup(s.Close)
		urls = append(urls, s.URL)
	}
	return urls
}

// everybody is a user for each token, so that a logout of all of a user's sessions
// ends no other one.
func everybody() map[string]string {
	users := map[string]string{}
	for i := range samples() {
		users[fmt.Sprint("user", i)] = "secret"
	}
	return users
}

// recipe is the published one with a period of two seconds.
func recipe(t *testing.T) []http.Handler {
	t.Helper()
	documents := apim.Recipe()
	for scope, d := range documents {
		d.XML = strings.ReplaceAll(d.XML, `renewal-period="60"`, `renewal-period="2"`)
		documents[scope] = d
	}
	d, err := apimtarget.Deploy(apimtarget.Options{Policies: documents})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d.Regions()
}

// watchedToken gives for how many seconds one token worked after its logout and,
// unless the logout ends it for good, less those that it had left: a busy machine
// keeps users waiting, who then log out later, and their tokens have less left.
// false if it expired before.
func watchedToken(t *testing.T, urls []string, user string, ends bool, seed uint64) (float64, bool) {
	r := rand.New(rand.NewPCG(1, seed))
	home, away := r.IntN(2), r.IntN(2)
	token := login(t, urls[home], user)
	time.Sleep(time.Duration(r.ExpFloat64() * float64(measuredSession))) // the session: what is measured, not waited for
	if status(t, http.MethodPost, urls[home]+"/logout", token)/100 != 2 {
		return 0, false
	}
	acknowledged := time.Now()
	left := expiry(t, token).Sub(acknowledged)
	// The token worked half of the time between a call that was accepted and one
	// that was not: on average, as the calls come at random.
	usable, before, was := 0.0, acknowledged, math.NaN()
	for before.Sub(acknowledged) < left {
		time.Sleep(time.Duration(r.Int64N(2 * int64(measuredStep))))
		sent := time.Now()
		works := 0.0
		if status(t, http.MethodGet, urls[away]+"/api/hello", token) == http.StatusOK {
			works = 1
		}
		if math.IsNaN(was) {
			was = works
		}
		usable += sent.Sub(before).Seconds() * (was + works) / 2
		before, was = sent, works
	}
	if ends {
		return usable, true
	}
	return usable - left.Seconds(), true
}

// expiry is exp.
func expiry(t *testing.T, token string) time.Time {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Error("the login gave no token")
		return time.Time{}
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Error(err)
	}
	var claims struct {
		Expires int64 `json:"exp"`
	}
	if err := json.Unmarshal(payload, &claims); err != nil {
		t.Error(err)
	}
	return time.Unix(claims.Expires, 0)
}

var client = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 500}, Timeout: 30 * time.Second}

func login(t *testing.T, url, user string) string {
	body := fmt.Sprintf(`{"user": %q, "password": "secret", "expires_in": %d}`, user, int(measuredLife/time.Second))
	if strings.HasPrefix(user, "alice") {
		body = fmt.Sprintf(`{"user": "alice", "password": "correct-horse", "expires_in": %d}`, int(measuredLife/time.Second))
	}
	answer, err := client.Post(url+"/login", "application/json", bytes.NewBufferString(body))
	if err != nil {
		t.Error(err)
		return ""
	}
	defer func() { _ = answer.Body.Close() }()
	var granted struct {
		Token string `json:"access_token"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&granted); err != nil {
		t.Error(err)
	}
	return granted.Token
}

func status(t *testing.T, method, url, token string) int {
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Error(err)
		return 0
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := client.Do(r)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode
}

// TestSoakSimulatedExposureIsTheMeasuredOne holds the simulation to real gateways
// over TCP: the mean exposures differ by no more than the 99 % band of the two.
func TestSoakSimulatedExposureIsTheMeasuredOne(t *testing.T) {
	for _, name := range []string{"client-side", "short-expiry", "server-store", "denylist", "not-before", "apim-counter"} {
		t.Run(name, func(t *testing.T) {
			mean, variance, n := measure(t, name)
			s := simulated(t, likeMeasured(t, name), nil)
			// The simulated one rests on ten replications; its interval is of 95 %.
			error := (s.Exposure.Mean.Hi - s.Exposure.Mean.Mean) / 2.262
			want := s.Exposure.Mean.Mean
			if !endsForGood(name) {
				want -= tokensOf(measuredLife, measuredSession).Rest()
			}
			band := 2.576*math.Sqrt(variance/float64(n)+error*error) + 0.02 // and 20 ms for answers under way
			t.Logf("%.4f s of %d tokens over TCP, and %.4f s of %d in the simulation; the band is %.4f s", mean, n, want, s.Exposure.Thefts, band)
			if math.Abs(mean-want) > band {
				t.Error("they differ by more")
			}
		})
	}
}

// endsForGood tells whether a token does not come back after its logout.
func endsForGood(name string) bool {
	return name == "server-store" || name == "denylist" || name == "not-before"
}

// tokensOf are those of the closed forms. Nearly all are the first of their
// session, and end half a second early on average, since exp counts seconds.
func tokensOf(life, session time.Duration) closedform.Tokens {
	return closedform.Tokens{Lifetime: life.Seconds(), Hazard: 1 / session.Seconds(), Leeway: -0.5}
}

// likeMeasured is the workload of what is measured. Of the strategies only the
// deny-list tells the other replica late.
func likeMeasured(t *testing.T, name string) *workload.Workload {
	w := setting{strategy: name, lifetime: measuredLife.String(), regions: 2}.workload(t)
	w.Users.Session, w.Users.Logins, w.Users.Count, w.Span = measuredSession, 2000, 40, 4*time.Hour
	w.Strategies[0].Lifetime = measuredLife
	switch name {
	case "denylist":
		w.Regions.Delay = workload.Constant(700 * time.Millisecond)
	case apimtarget.Strategy.Name:
		w.Strategies[0].Period = 2 * time.Second
	}
	return w
}

func measure(t *testing.T, name string) (mean, variance float64, n int) {
	urls := gateways(t, name)
	who := "user"
	if name == apimtarget.Strategy.Name {
		who = "alice"
	}
	var mu sync.Mutex
	sum, squares := 0.0, 0.0
	atOnce := make(chan struct{}, 250)
	var all sync.WaitGroup
	for i := range samples() {
		atOnce <- struct{}{}
		all.Go(func() {
			defer func() { <-atOnce }()
			x, ok := watchedToken(t, urls, fmt.Sprint(who, i), endsForGood(name), uint64(i))
			if !ok {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			sum, squares, n = sum+x, squares+x*x, n+1
		})
	}
	all.Wait()
	mean = sum / float64(n)
	return mean, squares/float64(n) - mean*mean, n
}
