package token

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/golang-jwt/jwt/v5"
)

// DefaultAlgorithm signs when none is asked for.
const DefaultAlgorithm = "HS256"

// Algorithms lists the supported signing algorithms (RFC 7518, RFC 8037).
func Algorithms() []string {
	return []string{"HS256", "HS384", "HS512", "RS256", "ES256", "EdDSA"}
}

// Keys holds the one signing key of a gateway and the algorithm it is pinned
// to. Its fields are not exported, and it prints as its id alone, so that the
// key reaches no log.
type Keys struct {
	id      string
	method  jwt.SigningMethod
	private any
	public  any
}

// NewKeys makes a fresh key for one of Algorithms. RSA keys are made once a
// process, since making one takes longer than a whole scenario.
func NewKeys(alg string) (*Keys, error) {
	if !slices.Contains(Algorithms(), alg) {
		return nil, fmt.Errorf("unknown algorithm %q; one of %s is needed", alg, strings.Join(Algorithms(), ", "))
	}
	private, err := generate(alg)
	if err != nil {
		return nil, fmt.Errorf("making a %s key: %w", alg, err)
	}
	k := &Keys{id: randomID(), method: jwt.GetSigningMethod(alg), private: private, public: private}
	if pair, ok := private.(crypto.Signer); ok {
		k.public = pair.Public()
	}
	return k, nil
}

// Guessable is the same with a secret that everybody tries first, for a planted
// fault; keys that are no secrets stay as they are.
func (k *Keys) Guessable() *Keys {
	weak := *k
	if _, secret := k.private.([]byte); secret {
		weak.private, weak.public = []byte("secret"), []byte("secret")
	}
	return &weak
}

var rsaKey = sync.OnceValues(func() (*rsa.PrivateKey, error) {
	return rsa.GenerateKey(rand.Reader, 2048)
})

func generate(alg string) (any, error) {
	switch alg {
	case "RS256":
		return rsaKey()
	case "ES256":
		return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "EdDSA":
		_, private, err := ed25519.GenerateKey(rand.Reader)
		return private, err
	}
	secret := make([]byte, 64)
	_, err := rand.Read(secret)
	return secret, err
}

func randomID() string {
	id := make([]byte, 8)
	_, _ = rand.Read(id) // never fails, says crypto/rand
	return hex.EncodeToString(id)
}

// Algorithm is the algorithm that the key is pinned to.
func (k *Keys) Algorithm() string { return k.method.Alg() }

// ID names the key in the kid header and in the key set.
func (k *Keys) ID() string { return k.id }

// Public is the verification key: the secret itself for HMAC.
func (k *Keys) Public() any { return k.public }

// String is the id alone.
func (k *Keys) String() string { return k.method.Alg() + " key " + k.id }

// GoString is the id alone.
func (k *Keys) GoString() string { return k.String() }

// Sign makes a token of the claims. The header holds alg, typ and kid; header
// replaces or adds fields, and removes those whose value is nil. Whatever the
// header says, the signature is the one of the key's own algorithm.
func (k *Keys) Sign(claims, header map[string]any) (string, error) {
	t := k.draft(claims)
	maps.Copy(t.Header, header)
	maps.DeleteFunc(t.Header, func(_ string, v any) bool { return v == nil })
	return t.SignedString(k.private)
}

func (k *Keys) draft(claims map[string]any) *jwt.Token {
	t := jwt.NewWithClaims(k.method, jwt.MapClaims(claims))
	t.Header["kid"] = k.id
	return t
}

// header is the encoded header of the tokens that Sign makes when no other one
// is asked for.
func (k *Keys) header() (string, error) {
	input, err := k.draft(nil).SigningString()
	encoded, _, _ := strings.Cut(input, ".")
	return encoded, err
}
