package replay_test

import (
	"testing"

	"github.com/revocheck/revocheck/scenarios/catalogue/internal/prove"
	"github.com/revocheck/revocheck/scenarios/catalogue/replay"
)

func TestFaultsFailWhatIsMeantForThem(t *testing.T) {
	prove.Faults(t, replay.Scenarios(), map[string][]string{
		"bad-query-unchecked":                     {"replay/path-variants"},
		"debug-query-unchecked":                   {"replay/path-variants"},
		"inside-header-unchecked-on-second-route": {"replay/request-headers"},
		"xml-unchecked":                           {"replay/request-headers"},
		"posted-before-check":                     {"replay/no-side-effect"},
		"malformed-media-type-unchecked":          {"replay/request-headers"},
		"other-tenant-unchecked":                  {"replay/request-headers"},
		"many-parameters-unchecked":               {"replay/path-variants"},
		"answer-kept-by-key":                      {"replay/request-headers"},
		"routed-by-header":                        {"replay/request-headers"},
		"compressed-body-unchecked":               {"replay/request-form"},
		"websocket-protocol-unchecked":            {"replay/carrier-swap"},
		"cookie-chunks-unchecked":                 {"replay/carrier-swap"},
		"login-exchanges-any-token":               {"replay/login-exchange"},
		"open-route-greets-dead-token":            {"replay/open-route"},
	})
}

func TestSoundGatewaysPass(t *testing.T) { prove.Sound(t, replay.Scenarios(), "replay/hammered") }
