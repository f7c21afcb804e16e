package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// nonAlphabet: some decoders drop what they do not know.
var nonAlphabet = of(spelling.FamilyNonAlphabet,
	"Characters of no alphabet do not make another token",
	"with characters in its signature that base64 does not have",
	spelling.RawToken, "RFC 4648 section 3.3", "GHSA-hxm8-2xgr-2p9m")
