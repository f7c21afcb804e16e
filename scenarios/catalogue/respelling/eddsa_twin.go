package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// eddsaTwin: old verifiers do not compare S with the order of the group.
var eddsaTwin = of(spelling.FamilyEdDSATwin,
	"The second signature of EdDSA does not make another token",
	"with the number S of its Ed25519 signature raised by the order of the group",
	spelling.SignatureBytes, "RFC 8032 section 5.1.7")
