package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// ecdsaTwin: both verify, under every library option.
var ecdsaTwin = of(spelling.FamilyECDSATwin,
	"The second signature of ECDSA does not make another token",
	"whose ECDSA signature (r, s) is replaced by (r, n-s)",
	spelling.SignatureBytes, "RFC 7518 section 3.4", "RFC 8725 section 3.1")
