package token

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"math/big"
)

// KeySet is a JWK Set (RFC 7517, section 5).
type KeySet struct {
	Keys []JWK `json:"keys"`
}

// JWK is a public key (RFC 7517; RFC 7518, section 6; RFC 8037, section 2).
type JWK struct {
	Type      string `json:"kty"`
	Use       string `json:"use,omitempty"`
	Algorithm string `json:"alg,omitempty"`
	ID        string `json:"kid,omitempty"`
	Curve     string `json:"crv,omitempty"`
	N         string `json:"n,omitempty"`
	E         string `json:"e,omitempty"`
	X         string `json:"x,omitempty"`
	Y         string `json:"y,omitempty"`
}

// KeySet is the public part of the key. It is empty for HMAC, whose key is a
// secret.
func (k *Keys) KeySet() KeySet {
	jwk := JWK{Use: "sig", Algorithm: k.Algorithm(), ID: k.id}
	switch public := k.public.(type) {
	case *rsa.PublicKey:
		jwk.Type, jwk.N, jwk.E = "RSA", segment(public.N.Bytes()), segment(big.NewInt(int64(public.E)).Bytes())
	case *ecdsa.PublicKey:
		point, err := public.Bytes()
		if err != nil {
			return KeySet{Keys: []JWK{}}
		}
		// An uncompressed point is 0x04, x, y (SEC 1, section 2.3.3).
		half := (len(point) - 1) / 2
		jwk.Type, jwk.Curve = "EC", "P-256"
		jwk.X, jwk.Y = segment(point[1:1+half]), segment(point[1+half:])
	case ed25519.PublicKey:
		jwk.Type, jwk.Curve, jwk.X = "OKP", "Ed25519", segment(public)
	default:
		return KeySet{Keys: []JWK{}}
	}
	return KeySet{Keys: []JWK{jwk}}
}

func segment(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
