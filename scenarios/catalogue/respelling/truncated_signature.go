package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// truncatedSignature: a validator that compares only what is there accepts it.
var truncatedSignature = of(spelling.FamilyTruncatedSignature,
	"A shortened signature does not make another token",
	"whose signature is cut short",
	spelling.SignatureBytes, "RFC 7515 section 5.2", "RFC 2104 section 5")
