package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// embeddedWhitespace: decoders skip some of it, also strict ones.
var embeddedWhitespace = of(spelling.FamilyEmbeddedWhitespace,
	"White space inside does not make another token",
	"with white space inside or after its signature",
	spelling.RawToken, "RFC 7515 section 2", "RFC 4648 section 3.3")
