package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// trailingBits: the last character of base64url may have bits of no byte.
var trailingBits = of(spelling.FamilyTrailingBits,
	"Unused last bits do not make another token",
	"whose signature ends in another character that decodes to the same bytes",
	spelling.RawToken, "RFC 4648 section 3.5", "RFC 7515 section 2")
