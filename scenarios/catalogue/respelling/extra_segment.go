package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// extraSegment: hand-written parsers split at the dots and take three parts.
var extraSegment = of(spelling.FamilyExtraSegment,
	"A further segment does not make another token",
	"with more after its signature",
	spelling.RawToken, "RFC 7515 section 7.1")
