package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// escaped: cookies are decoded by some layers, and not by others.
var escaped = of(spelling.FamilyEscaped,
	"Escapes and quotes do not make another token",
	"with percent-escapes in it or in quotes",
	spelling.RawToken, "RFC 3986 section 6.2.2", "RFC 6265 section 4.1.1")
