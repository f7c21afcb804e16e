package validate

import (
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/apim/policy"
)

var errNoKey = errors.New("no key fits the token")

// minRSABits is the shortest RSA modulus that is taken.
const minRSABits = 1024

// signingKey is one key of issuer-signing-keys: the bytes of a symmetric key,
// or a public key. An empty id fits every token.
type signingKey struct {
	id  string
	key any
}

func loadKeys(e *policy.Element) []signingKey {
	var keys []signingKey
	for _, n := range e.Children {
		child := e.Child(n)
		if n.Name != "key" {
			child.Fail(policy.CodeUnsupported, "<issuer-signing-keys> holds key elements")
			continue
		}
		key, err := loadKey(child)
		if err != nil {
			child.Fail(policy.CodeInvalid, "%s", err)
			continue
		}
		keys = append(keys, key)
		child.Done()
	}
	return keys
}

// loadKey reads a Base64 text, or the modulus and the exponent of an RSA key.
// Its errors do not show the key.
func loadKey(e *policy.Element) (signingKey, error) {
	k := signingKey{id: e.Fixed("id", "")}
	if _, ok := e.Attr("certificate-id"); ok {
		return k, errors.New("certificate-id is not supported: use openid-config, or n and e")
	}
	if n := e.Fixed("n", ""); n != "" {
		key, err := rsaKey(n, e.Fixed("e", ""))
		k.key = key
		return k, err
	}
	text, _ := e.Content().Literal.(string)
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(secret) == 0 {
		return k, errors.New("the key is not Base64")
	}
	k.key = secret
	return k, nil
}

func rsaKey(n, e string) (*rsa.PublicKey, error) {
	modulus, err := base64.RawURLEncoding.DecodeString(n)
	if err != nil {
		return nil, errors.New("n is not base64url")
	}
	exponent, err := base64.RawURLEncoding.DecodeString(e)
	if err != nil || len(exponent) == 0 || len(exponent) > 4 {
		return nil, errors.New("e is not base64url of a small number")
	}
	key := &rsa.PublicKey{N: new(big.Int).SetBytes(modulus), E: int(new(big.Int).SetBytes(exponent).Int64())}
	if key.N.BitLen() < minRSABits || key.E < 3 {
		return nil, fmt.Errorf("an RSA key of %d bits is too short", key.N.BitLen())
	}
	return key, nil
}

// key offers golang-jwt the keys that may have signed the token. It refuses
// by itself a key whose kind does not suit the algorithm.
func (p *validateJwt) key(x *policy.Exchange, t *jwt.Token) (any, error) {
	if t.Method == jwt.SigningMethodNone {
		return jwt.UnsafeAllowNoneSignatureType, nil // only if unsigned tokens are allowed
	}
	kid, _ := t.Header["kid"].(string)
	var set jwt.VerificationKeySet
	for _, k := range p.keys {
		if k.id == "" || kid == "" || k.id == kid {
			set.Keys = append(set.Keys, k.key)
		}
	}
	for _, v := range p.openID {
		url, err := v.Text(x)
		if err != nil {
			return nil, err
		}
		keys, err := x.Gateway.OpenID.Keys(url, kid)
		if err != nil {
			return nil, policy.Internal(p.source, "OpenIdConfigurationFailure", err)
		}
		set.Keys = append(set.Keys, keys...)
	}
	if len(set.Keys) == 0 {
		return nil, errNoKey
	}
	return set, nil
}

// metadataIssuers are the issuers that the OpenID configurations name, which
// are allowed besides those of the document.
func (p *validateJwt) metadataIssuers(x *policy.Exchange) []string {
	var issuers []string
	for _, v := range p.openID {
		url, err := v.Text(x)
		if err != nil {
			continue
		}
		if issuer := x.Gateway.OpenID.Issuer(url); issuer != "" {
			issuers = append(issuers, issuer)
		}
	}
	return issuers
}
