package scenarios_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// lacking grants tokens without a claim.
func lacking(claim string) sound {
	return sound{config: reference.Config{AllowNoExp: true}, front: func(next http.Handler, powers scenarios.Powers) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/login" {
				next.ServeHTTP(w, r)
				return
			}
			_, granted := grant(next, r)
			claims := jwt.MapClaims{}
			_, _, _ = jwt.NewParser().ParseUnverified(granted, claims)
			claims[claim] = nil // Mint adds the usual one otherwise
			raw, _ := powers.Mint(claims, nil)
			_ = json.NewEncoder(w).Encode(map[string]string{"access_token": raw})
		})
	}}
}

// TestAClaimThatTokensLackIsTheReason why a scenario about it is not claimed.
func TestAClaimThatTokensLackIsTheReason(t *testing.T) {
	known := lacking("exp")
	known.front = func(next http.Handler, powers scenarios.Powers) http.Handler {
		unknown := func(w http.ResponseWriter) { w.WriteHeader(http.StatusUnauthorized) }
		return issuedOnly(unknown)(lacking("exp").front(next, powers), powers)
	}
	for id, c := range map[string]struct {
		gateway sound
		says    string
		lacks   scenarios.Capability
	}{
		"isolation/same-second-logins-distinct": {lacking("iat"), "the tokens have no iat", scenarios.IssueTime},
		"forgery/wrong-audience":                {unasked("aud", "wrong-audience-accepted"), "the tokens have no aud", scenarios.Audience},
		"forgery/wrong-issuer":                  {unasked("iss", "wrong-issuer-accepted"), "the tokens have no iss", scenarios.Issuer},
		"expiry/odd-exp":                        {known, "the token has no exp", scenarios.Expiry},
	} {
		target := c.gateway.inProcess(t)
		mustEnd(t, target, id, report.NotRun, c.says)
		if r, _ := playOne(t, target, id); r.Undeclared != string(c.lacks) {
			t.Errorf("%s: not claimed: %q", id, r.Undeclared)
		}
	}
}

// unasked grants tokens without a claim, and asks for none.
func unasked(claim, fault string) sound {
	s := lacking(claim)
	s.config.Fault = fault
	return s
}

// TestATokenWithoutExpHidesNoOddOne where tokens of the suite's own are taken.
func TestATokenWithoutExpHidesNoOddOne(t *testing.T) {
	mustPass(t, lacking("exp").inProcess(t), "expiry/odd-exp")
	leaky := lacking("exp")
	leaky.config.Fault = "exp-text-ignored"
	mustEnd(t, leaky.inProcess(t), "expiry/odd-exp", report.Fail, "was accepted")
}

// TestATokenThatDiesByItsExpIsNoted where its logout was to be watched.
func TestATokenThatDiesByItsExpIsNoted(t *testing.T) {
	brief := sound{config: reference.Config{Lifetime: 30 * time.Second, IgnoreExpiresIn: true}}
	r, err := playOne(t, brief.inProcess(t), "retention/past-60s")
	if err != nil || r.Verdict != report.Pass || !strings.Contains(fmt.Sprint(r.Notes), "its exp, and not its logout, is what was seen to end it") {
		t.Errorf("%s: %s, %v, %v", r.Verdict, r.Why, r.Notes, err)
	}
}
