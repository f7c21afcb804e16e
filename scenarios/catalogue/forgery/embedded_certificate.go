package forgery

import "github.com/revocheck/revocheck/fixtures/attack/forgery"

var embeddedCertificate = scenario("embedded-certificate",
	"A token does not bring its own certificate",
	"A token that is verified by the certificate in its own x5c header, which nobody whom the gateway trusts has signed, must not be accepted.",
	"Ignore the x5c header, or verify its chain to an authority that is configured for this purpose.",
	refused(forgery.EmbeddedCertificate), "RFC 7515 section 4.1.6", "CWE-295")
