package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// schemeCase: the scheme is case-insensitive, the text of a header is not.
var schemeCase = of(spelling.FamilySchemeCase,
	"Another case of the scheme is the same token",
	"whose scheme is written in another case",
	spelling.RawHeader, "RFC 9110 section 11.1")
