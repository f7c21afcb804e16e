package forgery

import "github.com/revocheck/revocheck/fixtures/attack/forgery"

var blankSignature = scenario("blank-signature",
	"A blank signature is none",
	"A token whose signature is empty or all zeros must not be accepted.",
	"Verify every signature, also an empty one, with a library that checks its range.",
	refused(forgery.BlankSignature), "RFC 7515 section 5.2", "CVE-2022-21449")
