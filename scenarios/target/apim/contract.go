package apim

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/token"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

func contract(o Options, issuer gateway.Config) scenarios.Contract {
	return scenarios.Contract{
		Name:    "API Management, emulated",
		Headers: subscription(o.SubscriptionKey),
		Users:   users(issuer),
		Login: scenarios.Login{
			Path: "/login", Token: "$.access_token", LifetimeField: "expires_in",
			MinLifetime: gateway.MinLifetime, MaxLifetime: issuer.MaxLifetime,
		},
		Logout: scenarios.Logout{Path: "/logout", Scope: scenarios.ScopeToken},
		Routes: []scenarios.Route{
			{Path: "/api/hello", Identity: "$.sub"},
			{Method: http.MethodPost, Path: "/api/orders", Body: `{"item":"tea"}`, ContentType: "application/json", Identity: "$.sub"},
			{Path: "/api/orders", Identity: "$.sub"},
		},
		OpenRoutes: []scenarios.Route{{Path: "/public"}},
		Refusal:    scenarios.Refusal{Statuses: refusals(o)},
		Hits:       &scenarios.HitCounter{URL: hitsPath},
		Limits:     scenarios.Limits{Timeout: 10 * time.Second},
	}
}

func subscription(key string) map[string]string {
	if key == "" {
		return nil
	}
	return map[string]string{apim.SubscriptionHeader: key}
}

func users(issuer gateway.Config) []scenarios.User {
	var list []scenarios.User
	for _, name := range slices.Sorted(maps.Keys(issuer.Users)) {
		list = append(list, scenarios.User{Name: name, Password: issuer.Users[name]})
	}
	return list
}

func subject(o Options) report.Subject {
	var files []string
	for _, d := range o.Policies {
		files = append(files, d.Name)
	}
	slices.Sort(files)
	details := map[string]string{
		"strategy": Strategy.Name, "algorithm": o.Alg, "regions": fmt.Sprint(o.Regions),
		"tier": tierNames[o.Tier], "threshold": thresholdNames[o.Threshold], "policies": strings.Join(files, ", "),
		"token handler": tokenHandlerNames[o.TokenHandler], "counters": countersOf(o),
	}
	if o.StoreDelay > 0 {
		details["caches store after"] = o.StoreDelay.String()
	}
	if o.CountUnfinished {
		details["unfinished requests"] = "counted"
	}
	if o.EmptyKey != apim.EmptyKeyShared {
		details["empty key"] = emptyKeyNames[o.EmptyKey]
	}
	if o.NoJTI {
		details["tokens"] = "without jti"
	}
	if o.Lifetime > 0 {
		details["token lifetime"] = o.Lifetime.String()
	}
	if found := findings(o); found != "" {
		details["policy lint"] = found
	}
	return report.Subject{Name: "API Management, emulated", Kind: "apim", Details: details}
}

var (
	tierNames      = map[apim.Tier]string{apim.Classic: "classic", apim.V2: "v2", apim.Consumption: "consumption"}
	thresholdNames = map[apim.Threshold]string{apim.AtLimit: "ge", apim.OverLimit: "gt"}
	emptyKeyNames  = map[apim.EmptyKey]string{apim.EmptyKeyShared: "shared", apim.EmptyKeyError: "error"}
)

// countersOf says whether the regions share what they count.
func countersOf(o Options) string {
	switch {
	case o.Regions == 1:
		return "of one region"
	case !o.Sync.Enabled:
		return "of each region alone"
	}
	return fmt.Sprintf("shared after %s", o.Sync.Delay)
}

var tokenHandlerNames = map[token.Handler]string{
	token.JwtSecurityTokenHandler: "jwtsecuritytoken", token.JSONWebTokenHandler: "jsonwebtoken", token.CanonicalOnly: "canonical",
}

// ParseTokenHandler reads "jwtsecuritytoken", "jsonwebtoken" or "canonical".
func ParseTokenHandler(s string) (token.Handler, error) {
	return parse("token handler", s, tokenHandlerNames)
}

// ParseTier reads "classic", "v2" or "consumption".
func ParseTier(s string) (apim.Tier, error) { return parse("tier", s, tierNames) }

// ParseThreshold reads "ge" (a counter refuses once it reached its limit) or
// "gt" (once it passed it).
func ParseThreshold(s string) (apim.Threshold, error) { return parse("threshold", s, thresholdNames) }

// ParseEmptyKey reads "shared" (a counter whose key is empty is one for all) or
// "error" (it is a 500).
func ParseEmptyKey(s string) (apim.EmptyKey, error) {
	return parse("reading of an empty key", s, emptyKeyNames)
}

func parse[T comparable](what, s string, names map[T]string) (T, error) {
	for value, name := range names {
		if name == s {
			return value, nil
		}
	}
	var none T
	return none, fmt.Errorf("%q is not a %s: it is one of %s", s, what, strings.Join(slices.Sorted(maps.Values(names)), ", "))
}
