package retention_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/retention"
)

func TestFaultsFailWhatIsMeantForThem(t *testing.T) {
	prove.Faults(t, retention.Scenarios(), map[string][]string{
		"ttl-60s":                        {"retention/until-exp", "retention/past-60s", "retention/past-300s"},
		"ttl-300s":                       {"retention/until-exp", "retention/past-300s"},
		"ttl-half-life":                  {"retention/until-exp"},
		"ttl-ignores-leeway":             {"retention/through-leeway"},
		"ttl-32-bit":                     {"retention/long-life"},
		"ttl-of-days-dropped":            {"retention/hours-and-days"},
		"ttl-drops-near-expiry":          {"retention/near-expiry-logout"},
		"ttl-rounds-down-to-zero":        {"retention/near-expiry-logout"},
		"ttl-64-bit":                     {"retention/far-exp"},
		"no-exp-not-stored":              {"retention/no-exp"},
		"lru-1000":                       {"retention/many-revocations"},
		"entry-never-dropped":            {"retention/entry-dropped-after-exp"},
		"refused-call-refreshes-entry":   {"retention/past-60s"},
		"refused-call-shortens-entry":    {"retention/past-60s"},
		"ttl-rounds-down":                {"retention/until-exp"},
		"revocation-gap":                 {"retention/until-exp"},
		"second-replica-forgets":         {"retention/until-exp", "retention/past-60s"},
		"siblings-end-later":             {"retention/past-60s"},
		"late-logout-lost":               {"retention/late-logout"},
		"served-stale-once":              {"retention/late-logout"},
		"polls-seldom-when-quiet":        {"retention/late-logout"},
		"ttl-jitters":                    {"retention/until-exp"},
		"revocations-share-a-life":       {"retention/next-to-shorter-lives"},
		"second-logout-shortens":         {"retention/past-60s"},
		"full-list-drops":                {"retention/many-revocations"},
		"first-check-after-silence-open": {"retention/late-logout", "retention/past-60s"},
		"sweep-loses-logouts":            {"retention/steady-use"},
		"second-replica-blinks":          {"retention/steady-use"},
		"live-token-blinks":              {"retention/steady-use"},
		"other-doors-forget":             {"retention/past-60s"},
		"other-user-forgotten":           {"retention/past-60s"},
		"filter-fills-up":                {"retention/many-revocations"},
	})
}

func TestSoundGatewaysPass(t *testing.T) {
	prove.Sound(t, retention.Scenarios(), "retention/many-revocations", "retention/steady-use")
}
