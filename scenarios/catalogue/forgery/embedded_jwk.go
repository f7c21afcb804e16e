package forgery

import "github.com/revocheck/revocheck/fixtures/attack/forgery"

var embeddedJWK = scenario("embedded-jwk",
	"A token does not bring its own key",
	"A token that is verified by the key in its own jwk header must not be accepted.",
	"Ignore the jwk header; take keys from configuration alone.",
	refused(forgery.EmbeddedJWK), "RFC 7515 section 4.1.3", "CVE-2018-0114")
