package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// extraSpace: many servers trim what the grammar does not allow.
var extraSpace = of(spelling.FamilyExtraSpace,
	"More space before the token is the same token",
	"that follows its scheme after more, or other, white space",
	spelling.RawHeader, "RFC 9110 section 11.4", "RFC 6750 section 2.1")
