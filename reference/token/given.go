package token

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"

	"github.com/golang-jwt/jwt/v5"
)

// KeysFrom makes the keys of a file's content: a PEM private key (PKCS #8, or
// the older forms of RSA and EC) for RS256, ES256 and EdDSA, and a secret for
// the HMAC algorithms, white space around it aside. The same content gives the
// same kid, so that processes which share it accept each other's tokens. An
// error says what is wrong with the content and quotes none of it.
func KeysFrom(alg string, content []byte) (*Keys, error) {
	method, private, err := read(alg, content)
	if err != nil {
		return nil, fmt.Errorf("a key for %s: %w", alg, err)
	}
	k := &Keys{id: fingerprint(content), method: method, private: private, public: private}
	if pair, ok := private.(crypto.Signer); ok {
		k.public = pair.Public()
	}
	return k, nil
}

// Content is a fresh key for one of Algorithms as KeysFrom reads it: PEM, or a
// secret in hexadecimal digits.
func Content(alg string) ([]byte, error) {
	private, err := generate(alg)
	if err != nil {
		return nil, fmt.Errorf("making a %s key: %w", alg, err)
	}
	if secret, ok := private.([]byte); ok {
		return []byte(hex.EncodeToString(secret) + "\n"), nil
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return nil, fmt.Errorf("writing a %s key: %w", alg, err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), nil
}

// fingerprint names a key without giving it away.
func fingerprint(content []byte) string {
	sum := sha256.Sum256(append([]byte("kid:"), bytes.TrimSpace(content)...))
	return hex.EncodeToString(sum[:8])
}

func read(alg string, content []byte) (jwt.SigningMethod, any, error) {
	method := jwt.GetSigningMethod(alg)
	if hmac, ok := method.(*jwt.SigningMethodHMAC); ok {
		secret, err := secretOf(hmac, content)
		return method, secret, err
	}
	block, _ := pem.Decode(content)
	if block == nil {
		return nil, nil, errors.New("a private key in PEM is needed")
	}
	private, err := privateOf(block.Bytes)
	if err == nil && !suits(alg, private) {
		err = fmt.Errorf("it is a %T", private)
	}
	return method, private, err
}

// secretOf asks for as many bytes as the hash has (RFC 7518, section 3.2).
func secretOf(method *jwt.SigningMethodHMAC, content []byte) ([]byte, error) {
	secret := bytes.TrimSpace(content)
	if block, _ := pem.Decode(secret); block != nil {
		return nil, errors.New("a secret is needed, and this is PEM")
	}
	if least := method.Hash.Size(); len(secret) < least {
		return nil, fmt.Errorf("a secret of %d bytes or more is needed, and this has %d (RFC 7518, section 3.2)", least, len(secret))
	}
	return secret, nil
}

func privateOf(der []byte) (any, error) {
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	return nil, errors.New("the PEM holds no private key that can be read; is it encrypted, or a certificate?")
}

func suits(alg string, private any) bool {
	switch key := private.(type) {
	case *rsa.PrivateKey:
		return alg == "RS256"
	case *ecdsa.PrivateKey:
		return alg == "ES256" && key.Curve == elliptic.P256()
	case ed25519.PrivateKey:
		return alg == "EdDSA"
	}
	return false
}
