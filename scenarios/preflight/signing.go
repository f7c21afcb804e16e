package preflight

import (
	"fmt"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// compareSigning holds a token that was issued against the key that the contract
// says it is signed with.
func (t Target) compareSigning(o *Observations) {
	s := t.Contract.Signing
	if s == nil || len(o.holders) == 0 {
		return
	}
	issued := o.holders[0].live
	if alg := issued.Alg(); alg != s.Alg {
		o.problem(wrong("signing.alg", fmt.Sprintf("a token that was issued is signed with %s", short(alg)), "write alg: "+short(alg)))
		return
	}
	if kid, _ := issued.Header["kid"].(string); s.KeyID != "" && kid != s.KeyID {
		o.problem(wrong("signing.kid", fmt.Sprintf("a token that was issued names the key %q", short(kid)), "write kid: "+short(kid)))
	}
	if key := t.verificationKey(); key != nil && !verifies(issued.Raw, s.Alg, key) {
		name := "signing.key"
		if s.KeyFile != "" {
			name = "signing.key_file"
		}
		o.problem(wrong(name, "it did not sign the tokens that the login issues", "give the issuer's key, or leave signing out"))
	}
}

// verificationKey verifies what the declared key signs; nil where there is none.
func (t Target) verificationKey() any {
	if key := t.Contract.Signing.Key; key != "" {
		return []byte(key)
	}
	if t.PublicKeyPEM == nil {
		return nil
	}
	pem := t.PublicKeyPEM()
	for _, parse := range []func([]byte) (any, error){
		func(b []byte) (any, error) { return jwt.ParseRSAPublicKeyFromPEM(b) },
		func(b []byte) (any, error) { return jwt.ParseECPublicKeyFromPEM(b) },
		func(b []byte) (any, error) { return jwt.ParseEdPublicKeyFromPEM(b) },
	} {
		if key, err := parse(pem); err == nil {
			return key
		}
	}
	return nil
}

func verifies(raw, alg string, key any) bool {
	method := jwt.GetSigningMethod(alg)
	if method == nil {
		return true // not one that is known here
	}
	at := strings.LastIndex(raw, ".")
	signature, err := jwt.NewParser().DecodeSegment(raw[at+1:])
	return err == nil && method.Verify(raw[:at], signature, key) == nil
}
