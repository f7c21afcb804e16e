package forgery

import "github.com/revocheck/revocheck/fixtures/forgery"

var otherKey = scenario("resigned-other-key",
	"Only the issuer signs",
	"A token whose claims were signed again with a key of the attacker's own must not be accepted.",
	"Verify with the issuer's key and with the algorithm that belongs to it; use a secret that cannot be guessed.",
	refused(forgery.OtherKey), "RFC 8725 section 3.5", "CWE-798")
