package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// otherScheme: libraries take these for Bearer.
var otherScheme = of(spelling.FamilyOtherScheme,
	"Another scheme does not make another token",
	"after another scheme than Bearer, or after none,",
	spelling.RawHeader, "RFC 9110 section 11.1", "RFC 6750 section 2.1")
