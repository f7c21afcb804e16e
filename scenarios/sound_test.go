package scenarios_test

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/handler"
	inprocess "github.com/revocheck/revocheck/scenarios/target/reference"
)

// sound is a gateway that does nothing wrong: the reference gateway behind
// something that changes what requests and answers look like.
type sound struct {
	config  reference.Config
	declare func(*scenarios.Contract)
	// front has the powers over the gateway behind it.
	front func(next http.Handler, powers scenarios.Powers) http.Handler
}

// inProcess has a clock that can be moved.
func (s sound) inProcess(t *testing.T) *handler.Target {
	t.Helper()
	made, err := inprocess.New(s.config, 1)
	if err != nil {
		t.Fatal(err)
	}
	target, start := &made.Target, made.Start
	if s.declare != nil {
		s.declare(&target.Declares)
	}
	target.Start = func() (handler.Gateway, error) {
		g, err := start()
		if s.front != nil && err == nil {
			g.Replicas[0] = s.front(g.Replicas[0], g.Powers)
		}
		return g, err
	}
	return target
}

// mustPass plays scenarios against a sound gateway.
func mustPass(t *testing.T, target scenarios.Target, ids ...string) {
	t.Helper()
	for _, id := range ids {
		mustEnd(t, target, id, report.Pass, "")
	}
}

func mustEnd(t *testing.T, target scenarios.Target, id string, want report.Verdict, says string) {
	t.Helper()
	r, err := playOne(t, target, id)
	if err != nil {
		t.Fatal(err)
	}
	if r.Verdict != want || !strings.Contains(r.Why, says) {
		t.Errorf("%s: %s: %s\nwant %s: ...%s...", id, r.Verdict, r.Why, want, says)
	}
}

// TestNoLongerLifetimeIsAskedForThanIsGranted: a gateway may refuse a login
// that asks for more than it says it grants.
func TestNoLongerLifetimeIsAskedForThanIsGranted(t *testing.T) {
	const longest = time.Minute
	target := sound{
		declare: func(c *scenarios.Contract) { c.Login.MaxLifetime = longest },
		front: func(next http.Handler, _ scenarios.Powers) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				r.Body = io.NopCloser(strings.NewReader(string(body)))
				var asked struct {
					Seconds float64 `json:"expires_in"`
				}
				if json.Unmarshal(body, &asked) == nil && asked.Seconds > longest.Seconds() {
					http.Error(w, "so long a lifetime is not granted", http.StatusBadRequest)
					return
				}
				next.ServeHTTP(w, r)
			})
		},
	}.inProcess(t)
	mustPass(t, target, "retention/past-60s", "retention/until-exp")
	mustEnd(t, target, "retention/long-life", report.NotRun, "login.max_lifetime is 1m0s")
}

// wholeSeconds ends the logins of a user that fell into the second of its last
// logout, as a gateway does that compares iat with the cut-off in seconds. A
// logout with a token that is dead already is acknowledged, and moves it too.
func wholeSeconds(next http.Handler, powers scenarios.Powers) http.Handler {
	var mu sync.Mutex
	cut := map[string]int64{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sub, iat := subjectOf(r)
		mu.Lock()
		if r.URL.Path == "/logout" && sub != "" {
			cut[sub] = powers.Now().Unix()
		}
		dead := r.URL.Path != "/login" && r.URL.Path != "/logout" && sub != "" && iat <= cut[sub]
		mu.Unlock()
		if dead {
			r.Header.Del("Authorization")
		}
		next.ServeHTTP(w, r)
	})
}

// subjectOf reads the token of a request without verifying it.
func subjectOf(r *http.Request) (sub string, iat int64) {
	claims := jwt.MapClaims{}
	_, _, err := jwt.NewParser().ParseUnverified(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), claims)
	if err != nil {
		return "", 0
	}
	sub, _ = claims["sub"].(string)
	at, _ := claims["iat"].(float64)
	return sub, int64(at)
}

// TestEveryLogoutMovesTheCutOff: with a declared granularity a login must not
// follow any acknowledged logout of its user too soon.
func TestEveryLogoutMovesTheCutOff(t *testing.T) {
	target := sound{
		config:  reference.Config{LogoutScope: reference.ScopeUser},
		declare: func(c *scenarios.Contract) { c.Logout.CutOff = time.Second },
		front:   wholeSeconds,
	}.inProcess(t)
	mustPass(t, target, "concurrency/simultaneous-logouts", "isolation/cut-off-is-the-latest",
		"lifecycle/in-flight-call-at-logout", "isolation/logout-naming-another")
}

// taking makes every request take so long, by the gateway's clock.
func taking(d time.Duration) func(http.Handler, scenarios.Powers) http.Handler {
	return func(next http.Handler, powers scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			powers.Advance(d / 2)
			next.ServeHTTP(w, r)
			powers.Advance(d / 2)
		})
	}
}

// TestATokenThatComesToItsExpIsNoOverBlock: a scenario may take longer than the
// tokens of a slow gateway live, and then their refusal is no finding.
func TestATokenThatComesToItsExpIsNoOverBlock(t *testing.T) {
	brief := reference.Config{Lifetime: 30 * time.Second, IgnoreExpiresIn: true}
	target := sound{config: brief, front: taking(time.Second)}.inProcess(t)
	for _, id := range []string{"replay/path-variants", "replay/method-override", "replay/hammered", "forgery/forged-logout", "concurrency/linearizable-logout"} {
		mustEnd(t, target, id, report.Inconclusive, "too short")
	}
	mustPass(t, target, "lifecycle/logout-ends-token", "lifecycle/second-logout-harmless")
}

// TestASlowGatewayIsLoggedOutOfBeforeExp: a gateway that takes its time must
// not lose what is left of a short life before the logout.
func TestASlowGatewayIsLoggedOutOfBeforeExp(t *testing.T) {
	mustPass(t, sound{front: taking(time.Second)}.inProcess(t), "retention/near-expiry-logout")
}

// TestTheRouteThatNamesTheCallerIsCalled where a scenario goes by whose
// identity answers, though it be not the first.
func TestTheRouteThatNamesTheCallerIsCalled(t *testing.T) {
	nameless := func(c *scenarios.Contract) {
		c.Routes = append([]scenarios.Route{{Path: "/api/orders"}}, c.Routes...)
	}
	mustPass(t, sound{declare: nameless}.inProcess(t), "replay/next-to-a-live-token", "isolation/identity-of-the-token")
	stuck := sound{declare: nameless, config: reference.Config{Fault: "wrong-subject-served"}}.inProcess(t)
	mustEnd(t, stuck, "isolation/identity-of-the-token", report.Fail, "names somebody else")
}

// session is a resource: POST makes it, GET shows it and DELETE ends it, by
// whatever way a method is named.
func session(next http.Handler, _ scenarios.Powers) http.Handler {
	target := map[string]string{"POST": "/login", "GET": "/api/hello", "DELETE": "/logout"}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/session" {
			next.ServeHTTP(w, r)
			return
		}
		r = r.Clone(r.Context()) // the server goes by the method of its own
		if asked := r.Header.Get("X-HTTP-Method-Override"); asked != "" {
			r.Method = asked
		}
		if r.URL.Path = target[r.Method]; r.URL.Path == "" {
			http.Error(w, "a session has no such method", http.StatusMethodNotAllowed)
			return
		}
		if r.Method == http.MethodDelete {
			r.Method = http.MethodPost
		}
		next.ServeHTTP(w, r)
	})
}

// TestTheLogoutIsNoFormOfACall where it is another method of a protected route.
func TestTheLogoutIsNoFormOfACall(t *testing.T) {
	target := sound{front: session, declare: func(c *scenarios.Contract) {
		c.Login.Path, c.Logout.Path, c.Logout.Method = "/session", "/session", http.MethodDelete
		c.Routes = []scenarios.Route{{Path: "/session", Identity: "$.sub"}}
	}}.inProcess(t)
	mustPass(t, target, "replay/every-route-and-method", "replay/method-override")
}

// grant passes a login on and gives its answer and the token in it.
func grant(next http.Handler, r *http.Request) (answer *httptest.ResponseRecorder, raw string) {
	answer = httptest.NewRecorder()
	next.ServeHTTP(answer, r)
	var given struct {
		Token string `json:"access_token"`
	}
	_ = json.Unmarshal(answer.Body.Bytes(), &given)
	return answer, given.Token
}

// issuedOnly turns away tokens that no login has given.
func issuedOnly(away func(http.ResponseWriter)) func(http.Handler, scenarios.Powers) http.Handler {
	return func(next http.Handler, _ scenarios.Powers) http.Handler {
		var known sync.Map
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			raw := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
			if _, ok := known.Load(raw); raw != "" && !ok {
				away(w)
				return
			}
			if r.URL.Path != "/login" {
				next.ServeHTTP(w, r)
				return
			}
			answer, granted := grant(next, r)
			known.Store(granted, true)
			w.WriteHeader(answer.Code)
			_, _ = w.Write(answer.Body.Bytes())
		})
	}
}

// TestAGatewayThatKnowsWhatItIssued takes no token of the suite's own making,
// which says nothing about the claims in it.
func TestAGatewayThatKnowsWhatItIssued(t *testing.T) {
	target := sound{front: issuedOnly(func(w http.ResponseWriter) { w.WriteHeader(http.StatusUnauthorized) })}.inProcess(t)
	for _, id := range []string{"forgery/wrong-audience", "forgery/wrong-issuer", "expiry/odd-exp"} {
		mustEnd(t, target, id, report.NotRun, "takes only what it issued itself")
	}
	mustPass(t, target, "forgery/expired-logout", "expiry/iat-future", "retention/no-exp")
}

// TestWhatIsNoTokenMayBeAnsweredAsAMistake with a status that is no refusal of
// a token.
func TestWhatIsNoTokenMayBeAnsweredAsAMistake(t *testing.T) {
	target := sound{front: issuedOnly(func(w http.ResponseWriter) { http.Error(w, "that is no token", http.StatusBadRequest) })}.inProcess(t)
	mustPass(t, target, "lifecycle/tampered-token-refused", "forgery/tampered-claims", "forgery/unsigned", "wire/huge-token")
}

// compressing answers everybody with gzip.
func compressing(next http.Handler, _ scenarios.Powers) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		maps.Copy(w.Header(), answer.Header())
		w.Header().Del("Content-Length")
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(answer.Code)
		z := gzip.NewWriter(w)
		_, _ = z.Write(answer.Body.Bytes())
		_ = z.Close()
	})
}

// TestACompressedAnswerIsRead though none was asked for.
func TestACompressedAnswerIsRead(t *testing.T) {
	mustPass(t, sound{front: compressing}.inProcess(t), "lifecycle/logout-ends-token", "replay/every-route-and-method", "wire/refusal-tells-nothing")
}

// TestTheReasonOfAnOpenRouteThatRefuses is not that a live token was.
func TestTheReasonOfAnOpenRouteThatRefuses(t *testing.T) {
	target := sound{config: reference.Config{Fault: "open-route-checks-token"}}.inProcess(t)
	mustEnd(t, target, "lifecycle/open-route-with-the-dead-token", report.Fail, "was refused (401) by a route that answers everyone")
}
