package forgery_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios/catalogue/forgery"
	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
)

func TestFaultsFailWhatIsMeantForThem(t *testing.T) {
	prove.Faults(t, forgery.Scenarios(), map[string][]string{
		"alg-none-accepted":             {"forgery/alg-none"},
		"alg-none-casing-accepted":      {"forgery/alg-none"},
		"blank-signature-accepted":      {"forgery/blank-signature"},
		"kid-injection":                 {"forgery/kid-injection"},
		"embedded-jwk-trusted":          {"forgery/embedded-jwk"},
		"signature-not-checked":         {"forgery/tampered-claims", "forgery/resigned-other-key", "forgery/remote-key"},
		"wrong-audience-accepted":       {"forgery/wrong-audience"},
		"issuer-by-prefix":              {"forgery/wrong-issuer"},
		"audience-by-part":              {"forgery/wrong-audience"},
		"embedded-certificate-trusted":  {"forgery/embedded-certificate"},
		"remote-key-fetched":            {"forgery/remote-key"},
		"guessable-secret":              {"forgery/resigned-other-key"},
		"second-route-accepts-none":     {"forgery/alg-none"},
		"second-replica-ignores-issuer": {"forgery/wrong-issuer"},
		"stray-logout-revives":          {"forgery/forged-logout"},
		"logout-unverified":             {"forgery/forged-logout"},
		"logout-accepts-resigned":       {"forgery/forged-logout"},
		"logout-accepts-expired":        {"forgery/expired-logout"},
		"logout-denies-forged-expired":  {"forgery/forged-logout"},
		"call-denies-forged-expired":    {"forgery/forged-logout"},
		"expired-logout-ends-older":     {"forgery/expired-logout"},
	})
}

func TestSoundGatewaysPass(t *testing.T) { prove.Sound(t, forgery.Scenarios()) }
