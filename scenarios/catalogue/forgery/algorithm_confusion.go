package forgery

import (
	"github.com/revocheck/revocheck/fixtures/attack/forgery"
	"github.com/revocheck/revocheck/scenarios"
)

var algorithmConfusion = confusion()

func confusion() scenarios.Scenario {
	s := scenario("algorithm-confusion",
		"A public key is no secret",
		"A token that was signed with HMAC and the issuer's public key as the secret must not be accepted.",
		"Pin each key to its algorithm; never choose by the token's alg header.",
		confuse, "RFC 8725 section 3.1", "CVE-2016-10555")
	s.Needs = []scenarios.Capability{scenarios.PublicKey}
	s.PerAlgorithm = true
	return s
}

func confuse(p *scenarios.Play) {
	keys := publicKeys(p)
	refused(func(token string) []forgery.Forgery { return forgery.Confusion(token, keys...) })(p)
}

// publicKeys are the issuer's; none where it signs with a secret.
func publicKeys(p *scenarios.Play) []forgery.PublicKey {
	text := p.Powers().PublicKeyPEM()
	if len(text) == 0 || p.Planning() {
		return nil
	}
	keys, err := forgery.ParsePublicKeys(text)
	if err != nil {
		p.Broken("the issuer's public key cannot be read: %v", err)
	}
	return keys
}
