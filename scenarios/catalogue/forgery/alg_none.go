package forgery

import "github.com/revocheck/revocheck/fixtures/attack/forgery"

var algNone = scenario("alg-none",
	"Nobody signs with none",
	"A token whose header names no algorithm, in whatever casing, must not be accepted.",
	"Pin the algorithms that the validator accepts, and compare them exactly.",
	refused(forgery.AlgNone), "RFC 8725 section 3.2", "CVE-2015-9235")
