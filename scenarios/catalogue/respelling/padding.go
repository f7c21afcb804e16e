package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// padding: a JWT leaves it out, and some decoders take it.
var padding = of(spelling.FamilyPadding,
	"Padding does not make another token",
	"with base64 padding added",
	spelling.RawToken, "RFC 7515 section 2", "RFC 4648 section 3.2")
