package remote

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"maps"
	"slices"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/contract/targetfile"
)

// keyReaders read a PEM private key, by the first two letters of the
// algorithm (RFC 7518 section 3.1, RFC 8037 section 3.1).
var keyReaders = map[string]func([]byte) (any, error){
	"RS": func(pem []byte) (any, error) { return jwt.ParseRSAPrivateKeyFromPEM(pem) },
	"PS": func(pem []byte) (any, error) { return jwt.ParseRSAPrivateKeyFromPEM(pem) },
	"ES": func(pem []byte) (any, error) { return jwt.ParseECPrivateKeyFromPEM(pem) },
	"Ed": func(pem []byte) (any, error) { return jwt.ParseEdPrivateKeyFromPEM(pem) },
}

var algorithms = []string{"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

// signer signs as the issuer would; nil if the file holds no key.
func signer(f *targetfile.File, s *scenarios.Signing) func(claims, header map[string]any) (string, error) {
	if s == nil || f.Wrong("signing") || f.Wrong("signing.alg") {
		return nil
	}
	if !slices.Contains(algorithms, s.Alg) {
		f.Add("signing.alg", "it is none of %s", strings.Join(algorithms, ", "))
		return nil
	}
	key := signingKey(f, *s)
	if key == nil {
		return nil
	}
	sign := func(claims, header map[string]any) (string, error) { return sign(s, key, claims, header) }
	if _, err := sign(nil, nil); err != nil {
		f.Add("signing", "the key does not fit %s: %v", s.Alg, err)
	}
	return sign
}

// signingKey is the issuer's key; nil if it cannot be used, which is said.
func signingKey(f *targetfile.File, s scenarios.Signing) any {
	readKey, public := keyReaders[s.Alg[:2]]
	switch {
	case !public && s.Key == "":
		f.Add("signing.key_file", "%s signs with a secret: give it as key", s.Alg)
		return nil
	case !public:
		return []byte(s.Key)
	case s.KeyFile == "":
		f.Add("signing.key", "%s signs with a private key: give it as key_file", s.Alg)
		return nil
	}
	pem, err := f.Content(s.KeyFile)
	if err != nil {
		f.Add("signing.key_file", "%v", err)
		return nil
	}
	key, err := readKey(pem)
	if err != nil {
		f.Add("signing.key_file", "there is no PEM private key for %s in %s", s.Alg, s.KeyFile)
		return nil
	}
	return key
}

// publicKey is the public half of the issuer's key, as it would be published;
// nil of a secret, or where the file holds no key that can be used.
func publicKey(f *targetfile.File, s *scenarios.Signing) func() []byte {
	if s == nil || s.KeyFile == "" || !slices.Contains(algorithms, s.Alg) {
		return nil
	}
	key, ok := signingKey(f, *s).(crypto.Signer)
	if !ok {
		return nil
	}
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return nil
	}
	text := pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
	return func() []byte { return text }
}

// sign makes a token. A claim or a header field whose value is nil is left out:
// one that is null is another case to those who read it.
func sign(s *scenarios.Signing, key any, claims, header map[string]any) (string, error) {
	there := maps.Clone(claims)
	maps.DeleteFunc(there, func(_ string, v any) bool { return v == nil })
	t := jwt.NewWithClaims(jwt.GetSigningMethod(s.Alg), jwt.MapClaims(there))
	if s.KeyID != "" {
		t.Header["kid"] = s.KeyID
	}
	maps.Copy(t.Header, header)
	maps.DeleteFunc(t.Header, func(_ string, v any) bool { return v == nil })
	return t.SignedString(key)
}
