package preflight

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/scenarios/token"
)

// compareSigning holds a token that was issued against the key that the contract
// says it is signed with. A key that the target takes may be another one than its
// login signs with.
func (t Target) compareSigning(ctx context.Context, o *Observations) {
	if t.Contract.Signing == nil || len(o.holders) == 0 {
		return
	}
	if p := t.signingProblem(o.holders[0].live); p.Seen != "" && !t.takesSigned(ctx, o) {
		o.problem(p)
	}
}

func (t Target) signingProblem(issued token.JWT) Problem {
	s := t.Contract.Signing
	alg := issued.Alg()
	switch {
	case jwt.GetSigningMethod(alg) == nil || strings.EqualFold(alg, "none"):
		return Problem{} // no file can declare it
	case alg != s.Alg:
		return wrong("signing.alg", fmt.Sprintf("a token that was issued is signed with %s", short(alg)), "write alg: "+short(alg))
	}
	if key := t.verificationKey(); key != nil && !verifies(issued.Raw, s.Alg, key) {
		name := "signing.key"
		if s.KeyFile != "" {
			name = "signing.key_file"
		}
		return wrong(name, "it did not sign the tokens that the login issues", "give the issuer's key, or leave signing out")
	}
	if kid, _ := issued.Header["kid"].(string); s.KeyID != "" && kid != s.KeyID {
		return wrong("signing.kid", fmt.Sprintf("a token that was issued names the key %q", short(kid)), "write kid: "+short(kid))
	}
	return Problem{}
}

// takesSigned reports whether a route accepts a copy of a live token that the
// declared key has signed.
func (t Target) takesSigned(ctx context.Context, o *Observations) bool {
	if t.Mint == nil {
		return false
	}
	raw, err := t.Mint(o.holders[0].live.Claims, nil)
	if err != nil {
		return false
	}
	t.keep(raw)
	return slices.ContainsFunc(o.Routes, func(s RouteSeen) bool {
		return !s.Open && s.accepts(s.live()) && t.takes(ctx, s, t.Contract.Carrier, raw)
	})
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
