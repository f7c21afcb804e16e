package measure_test

import (
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	apimpolicy "github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/measure"
	apim "github.com/revocheck/revocheck/scenarios/target/apim"
	"github.com/revocheck/revocheck/scenarios/target/handler"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

// measured gives the measurements of a target by their names.
func measured(t *testing.T, target scenarios.Target) map[string]measure.Result {
	t.Helper()
	list, err := measure.Take(t.Context(), target, scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]measure.Result{}
	for _, m := range list {
		found[m.Name] = m
	}
	if len(found) != 6 {
		t.Fatalf("%d measurements", len(found))
	}
	return found
}

func emulated(t *testing.T, o apim.Options) scenarios.Target {
	t.Helper()
	target, err := apim.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

func hardened(t *testing.T, variant string) apim.Options {
	t.Helper()
	documents, err := apimpolicy.Hardened(variant)
	if err != nil {
		t.Fatal(err)
	}
	return apim.Options{Policies: documents, ExternalCache: variant == "redis"}
}

func gateway(t *testing.T, fault string) scenarios.Target {
	t.Helper()
	target, err := inprocess.New(reference.Config{Store: "memory", Fault: fault}, 2)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// TestMeasure has a target a line, and what is to be found out about it.
func TestMeasure(t *testing.T) {
	counter := hardened(t, "counter")
	counter.Sync.Enabled = true
	for _, c := range []struct {
		name, measurement string
		target            scenarios.Target
		grade             measure.Grade
		says              string
	}{
		{"recipe", "threshold", emulated(t, apim.Options{}), measure.Holds, "one logout ends a token (of a counter: >=)"},
		{"recipe under gt", "threshold", emulated(t, apim.Options{Threshold: apimpolicy.OverLimit}), measure.Gap, "it takes 2 logouts to end a token (of a counter: >)"},
		{"hardened under gt", "threshold", emulated(t, apim.Options{Policies: counter.Policies, Threshold: apimpolicy.OverLimit}), measure.Holds, "one logout"},
		{"recipe", "block-duration", emulated(t, apim.Options{}), measure.Gap, "works again between 58s and 1m0s after its logout"},
		{"recipe", "spellings", emulated(t, apim.Options{}), measure.Gap, "after its logout as well: scheme-case"},
		{"recipe", "regions", emulated(t, apim.Options{}), measure.Gap, "a logout at endpoint 1 is not known at endpoint 2; a logout at endpoint 2 is not known at endpoint 1"},
		{"recipe of one region", "regions", emulated(t, apim.Options{Regions: 1}), measure.Unknown, "there is one endpoint"},
		{"counter with sync", "regions", emulated(t, counter), measure.Holds, "all 2 endpoints know"},
		{"redis", "block-duration", emulated(t, hardened(t, "redis")), measure.Holds, "stays refused for 1m15s at the least"},
		{"redis", "regions", emulated(t, hardened(t, "redis")), measure.Holds, "all 2 endpoints know"},
		{"reference", "threshold", gateway(t, ""), measure.Holds, "one logout ends a token"},
		{"reference", "block-duration", gateway(t, ""), measure.Holds, "no longer was watched"},
		{"reference", "regions", gateway(t, ""), measure.Holds, "all 2 endpoints know"},
		{"reference", "clock", gateway(t, ""), measure.Holds, "iat of a new token: no difference"},
	} {
		t.Run(c.name+"/"+c.measurement, func(t *testing.T) {
			t.Parallel()
			got := measured(t, c.target)[c.measurement]
			if got.Grade != c.grade || !strings.Contains(got.Finding, c.says) || got.Means == "" {
				t.Errorf("%s: %s\nwant %s: ...%s...", got.Grade, got.Finding, c.grade, c.says)
			}
		})
	}
}

// TestMeasureWhereNothingEnds: a gateway that forgets no token has no block to
// measure, and that is said.
func TestMeasureWhereNothingEnds(t *testing.T) {
	made, err := inprocess.New(reference.Config{Strategy: "client-side"}, 2)
	if err != nil {
		t.Fatal(err)
	}
	found := measured(t, made)
	if m := found["threshold"]; m.Grade != measure.Gap || !strings.Contains(m.Finding, "3 logouts of a token do not end it") {
		t.Errorf("threshold: %s: %s", m.Grade, m.Finding)
	}
	for _, name := range []string{"regions", "spellings", "block-duration"} {
		if m := found[name]; m.Grade != measure.Unknown || !strings.Contains(m.Finding, "not measured: no logout ends a token here") {
			t.Errorf("%s: %s: %s", name, m.Grade, m.Finding)
		}
	}
}

// remembering is a gateway that goes on to accept for some time what it has
// accepted, by the gateway's clock: a cache of answers.
func remembering(d time.Duration) func(http.Handler, scenarios.Powers) http.Handler {
	return func(next http.Handler, powers scenarios.Powers) http.Handler {
		var seen sync.Map // when a token was first accepted
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw := r.Header.Get("Authorization")
			since, known := seen.Load(raw)
			if r.URL.Path == "/api/hello" && known && powers.Now().Sub(since.(time.Time)) < d {
				_, _ = io.WriteString(w, `{"sub":"alice"}`)
				return
			}
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			if r.URL.Path == "/api/hello" && answer.Code == http.StatusOK {
				seen.Store(raw, powers.Now())
			}
			maps.Copy(w.Header(), answer.Header())
			w.WriteHeader(answer.Code)
			_, _ = answer.Body.WriteTo(w)
		})
	}
}

// TestTheDeclaredLeakWindowIsWaitedFor: a gateway with a cache of ten seconds
// that declares as much has logouts that end tokens, and one that does not has
// none. Words of counters and regions are for targets that have some.
func TestTheDeclaredLeakWindowIsWaitedFor(t *testing.T) {
	cached := func(declared time.Duration) scenarios.Target {
		made, err := inprocess.New(reference.Config{Strategy: "denylist", Store: "memory"}, 1)
		if err != nil {
			t.Fatal(err)
		}
		target, start := &made.Target, made.Start
		target.Declares.LeakWindow = declared
		target.Start = func() (handler.Gateway, error) {
			g, err := start()
			g.Replicas[0] = remembering(10*time.Second)(g.Replicas[0], g.Powers)
			return g, err
		}
		return target
	}
	for declared, want := range map[time.Duration]string{0: "do not end it", 11 * time.Second: "one logout ends a token"} {
		found := measured(t, cached(declared))
		if m := found["threshold"]; !strings.Contains(m.Finding, want) {
			t.Errorf("declared %s: threshold: %s: %s", declared, m.Grade, m.Finding)
		}
		for _, m := range found {
			if declared > 0 && m.Grade == measure.Gap {
				t.Errorf("%s: %s: %s", m.Name, m.Grade, m.Finding)
			}
			for _, word := range []string{"counter", "region", "polic", "validate-jwt"} {
				if text := m.Finding + m.Means; strings.Contains(text, word) {
					t.Errorf("%s speaks of a %s: %s", m.Name, word, text)
				}
			}
		}
	}
}

// throttlingAfterLogout answers every call with a rate limit once somebody has
// logged out.
func throttlingAfterLogout(next http.Handler) http.Handler {
	var logouts atomic.Int64
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if logouts.Load() > 0 && strings.HasPrefix(r.URL.Path, "/api") {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusTooManyRequests)
			_, _ = io.WriteString(w, `{ "statusCode": 429, "message": "Rate limit is exceeded. Try again in 57 seconds." }`)
			return
		}
		next.ServeHTTP(w, r)
		if r.URL.Path == "/logout" {
			logouts.Add(1)
		}
	})
}

// TestMeasureIsNotFooledByThrottling: what turns the suite away is no block.
func TestMeasureIsNotFooledByThrottling(t *testing.T) {
	made, err := inprocess.New(reference.Config{Strategy: "denylist", Store: "memory"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	target, start := &made.Target, made.Start
	target.Start = func() (handler.Gateway, error) {
		g, err := start()
		g.Replicas[0] = throttlingAfterLogout(g.Replicas[0])
		return g, err
	}
	found := measured(t, target)
	if m := found["threshold"]; m.Grade != measure.Unknown || !strings.Contains(m.Finding, "throttled (429)") {
		t.Errorf("threshold: %s: %s", m.Grade, m.Finding)
	}
}

// TestMeasureClocks: an issuer whose clock is ahead of the gateway's.
func TestMeasureClocks(t *testing.T) {
	made, err := inprocess.New(reference.Config{Store: "memory"}, 1)
	if err != nil {
		t.Fatal(err)
	}
	target := made.Target
	start := target.Start
	target.Start = func() (handler.Gateway, error) {
		g, err := start()
		now := g.Powers.Now
		g.Powers.Now = func() time.Time { return now().Add(-10 * time.Second) }
		return g, err
	}
	m := measured(t, &target)["clock"]
	if m.Grade != measure.Gap || !regexp.MustCompile(`^The issuer is (9|10)s ahead of the gateway`).MatchString(m.Means) {
		t.Errorf("%s: %s %s", m.Grade, m.Finding, m.Means)
	}
}

// TestEmptyKey is measured first, where nobody can log in as well.
func TestEmptyKey(t *testing.T) {
	if got := measured(t, emulated(t, apim.Options{}))["empty-key"]; got.Grade != measure.Holds {
		t.Errorf("shared: %+v", got)
	}
	list, err := measure.Take(t.Context(), emulated(t, apim.Options{EmptyKey: apimpolicy.EmptyKeyError}), scenarios.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if first := list[0]; first.Name != "empty-key" || first.Grade != measure.Gap || !strings.Contains(first.Finding, "POST /login without a token is answered 500") {
		t.Errorf("error: %+v", first)
	}
	if second := list[1]; second.Grade != measure.Unknown || !strings.HasPrefix(second.Finding, "not measured: the login without a token was answered 500") {
		t.Errorf("nothing else can be measured: %+v", second)
	}
}
