package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// standardAlphabet: some decoders read + and / as - and _.
var standardAlphabet = of(spelling.FamilyStandardAlphabet,
	"The standard alphabet does not make another token",
	"written in the standard base64 alphabet",
	spelling.RawToken, "RFC 4648 section 5", "RFC 7515 section 2")
