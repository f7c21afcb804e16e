package respelling

import "github.com/revocheck/revocheck/fixtures/attack/spelling"

// ecdsaDER: X.509 writes signatures so, and libraries have taken both.
var ecdsaDER = of(spelling.FamilyECDSADER,
	"Another encoding of ECDSA does not make another token",
	"with its ECDSA signature in DER",
	spelling.SignatureBytes, "RFC 7518 section 3.4")
