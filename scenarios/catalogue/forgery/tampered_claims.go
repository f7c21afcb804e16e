package forgery

import (
	"slices"

	"github.com/revocheck/revocheck/fixtures/attack/forgery"
)

var tamperedClaims = scenario("tampered-claims",
	"Signed claims cannot be changed",
	"A token whose exp, sub or jti, whose header or whose signature was changed must not be accepted.",
	"Verify the signature over the first two segments as they were received, before any claim is read.",
	refused(func(token string) []forgery.Forgery {
		return slices.Concat(forgery.TamperedPayload(token), forgery.TamperedHeader(token), forgery.TamperedSignature(token))
	}),
	"RFC 7515 section 5.2", "CWE-345")
