package scenarios_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/handler"
)

// ownLogout answers a logout of a token that a gateway would not have issued, by
// its claims, with a status of its own and does nothing.
func ownLogout(status int, strange func(jwt.MapClaims) bool) sound {
	return sound{config: reference.Config{AllowNoExp: true}, front: func(next http.Handler, _ scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			claims := jwt.MapClaims{}
			_, _, _ = jwt.NewParser().ParseUnverified(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), claims)
			if r.URL.Path == "/logout" && strange(claims) {
				w.WriteHeader(status)
				return
			}
			next.ServeHTTP(w, r)
		})
	}}
}

func no(claim string) func(jwt.MapClaims) bool {
	return func(c jwt.MapClaims) bool { return c[claim] == nil }
}

// TestARefusedLogoutAcknowledgesNothing: what it should have ended was not asked.
func TestARefusedLogoutAcknowledgesNothing(t *testing.T) {
	for id, claim := range map[string]string{"isolation/odd-jti": "jti", "isolation/other-claims": "iat"} {
		r, err := playOne(t, ownLogout(http.StatusUnauthorized, no(claim)).inProcess(t), id)
		if err != nil || r.Verdict != report.Pass || !strings.Contains(strings.Join(r.Notes, "\n"), "its logout was refused (401)") {
			t.Errorf("%s: %s: %s, %v, %v", id, r.Verdict, r.Why, r.Notes, err)
		}
	}
	for id, strange := range map[string]func(jwt.MapClaims) bool{
		"retention/no-exp":  no("exp"),
		"retention/far-exp": func(c jwt.MapClaims) bool { exp, _ := c["exp"].(float64); return exp > 1e10 },
		"expiry/iat-future": func(c jwt.MapClaims) bool {
			iat, _ := c["iat"].(float64)
			exp, _ := c["exp"].(float64)
			return exp-iat < 2000 // of the hour that they live
		},
	} {
		target := ownLogout(http.StatusUnauthorized, strange).inProcess(t)
		mustEnd(t, target, id, report.NotRun, "")
		if r, _ := playOne(t, target, id); r.LeavesGap() {
			t.Errorf("%s makes the run partial: %s", id, r.Why)
		}
	}
}

// TestALogoutThatFailsEachTimeIsAnAnswer where the token lives on and others can
// be logged out.
func TestALogoutThatFailsEachTimeIsAnAnswer(t *testing.T) {
	for id, claim := range map[string]string{"isolation/odd-jti": "jti", "isolation/other-claims": "iat", "retention/no-exp": "exp"} {
		mustEnd(t, ownLogout(http.StatusInternalServerError, no(claim)).inProcess(t), id, report.Fail, "this token cannot be logged out")
	}
	always := func(jwt.MapClaims) bool { return true }
	mustEnd(t, ownLogout(http.StatusInternalServerError, always).inProcess(t), "isolation/odd-jti", report.Inconclusive, "the logout was not acknowledged: 500")
}

// TestAClaimThatIsToBeMissingIsNotNull, also where a target's own power signs.
func TestAClaimThatIsToBeMissingIsNotNull(t *testing.T) {
	careless := sound{config: reference.Config{AllowNoExp: true}}.inProcess(t)
	start := careless.Start
	careless.Start = func() (g handler.Gateway, err error) {
		g, err = start()
		g.Powers.Mint = func(claims, _ map[string]any) (string, error) {
			return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims(claims)).SignedString([]byte("k"))
		}
		return g, err
	}
	mustEnd(t, careless, "retention/no-exp", report.Error, "exp: null")
}
