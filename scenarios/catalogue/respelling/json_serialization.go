package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// jsonSerialization: a JWT has the compact one alone, and parsers take both.
var jsonSerialization = of(spelling.FamilyJSONSerialization,
	"The JSON serialization does not make another token",
	"in a JSON serialization, general or flattened,",
	spelling.RawToken, "RFC 7515 section 7.2", "RFC 7519 section 3")
