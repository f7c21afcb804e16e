package forgery

import (
	"slices"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
	"github.com/revocheck/revocheck/scenarios"
)

// table has the scenarios that send one kind of forgery and require that none
// is accepted.
var table = []scenarios.Scenario{
	scenario("alg-none",
		"Nobody signs with none",
		"A token whose header names no algorithm, in whatever casing, must not be accepted.",
		"Pin the algorithms that the validator accepts, and compare them exactly.",
		refused(forgery.AlgNone), "RFC 8725 section 3.2", "CVE-2015-9235"),
	scenario("blank-signature",
		"A blank signature is none",
		"A token whose signature is empty or all zeros must not be accepted.",
		"Verify every signature, also an empty one, with a library that checks its range.",
		refused(forgery.BlankSignature), "RFC 7515 section 5.2", "CVE-2022-21449"),
	scenario("unsigned",
		"Claims without a signature are no token",
		"Claims that come without the segment of the signature must not be accepted.",
		"Refuse whatever is not three segments, and verify the third.",
		refused(bare), "RFC 7519 section 6", "RFC 7515 section 7.1"),
	scenario("tampered-claims",
		"Signed claims cannot be changed",
		"A token whose exp, sub or jti, whose header or whose signature was changed must not be accepted.",
		"Verify the signature over the first two segments as they were received, before any claim is read.",
		refused(tampered), "RFC 7515 section 5.2", "CWE-345"),
	scenario("kid-injection",
		"The kid chooses among known keys only",
		"A token whose kid makes a careless look-up return a key that the attacker knows must not be accepted.",
		"Take kid for a name in a fixed set of keys: never for a file name, a query or a URL.",
		refused(forgery.KidInjection), "RFC 8725 section 3.10", "CWE-22", "CWE-89"),
	scenario("embedded-jwk",
		"A token does not bring its own key",
		"A token that is verified by the key in its own jwk header must not be accepted.",
		"Ignore the jwk header; take keys from configuration alone.",
		refused(forgery.EmbeddedJWK), "RFC 7515 section 4.1.3", "CVE-2018-0114"),
	scenario("embedded-certificate",
		"A token does not bring its own certificate",
		"A token that is verified by the certificate in its own x5c header, which nobody whom the gateway trusts has signed, must not be accepted.",
		"Ignore the x5c header, or verify its chain to an authority that is configured for this purpose.",
		refused(forgery.EmbeddedCertificate), "RFC 7515 section 4.1.6", "CWE-295"),
}

// tampered changes what is signed, and the signature itself.
func tampered(token string) []forgery.Forgery {
	return slices.Concat(forgery.TamperedPayload(token), forgery.TamperedHeader(token), forgery.TamperedSignature(token))
}
