package forgery

import "github.com/revocheck/revocheck/fixtures/attack/forgery"

var kidInjection = scenario("kid-injection",
	"The kid chooses among known keys only",
	"A token whose kid makes a careless look-up return a key that the attacker knows must not be accepted.",
	"Take kid for a name in a fixed set of keys: never for a file name, a query or a URL.",
	refused(forgery.KidInjection), "RFC 8725 section 3.10", "CWE-22", "CWE-89")
