package token_test

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/token"
)

func newKeys(t testing.TB, alg string) *token.Keys {
	t.Helper()
	keys, err := token.NewKeys(alg)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

func sign(t testing.TB, keys *token.Keys, claims, header map[string]any) string {
	t.Helper()
	raw, err := keys.Sign(claims, header)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func fresh() map[string]any {
	return map[string]any{"sub": "alice", "exp": time.Now().Add(time.Hour).Unix()}
}

func TestEachAlgorithmIsPinned(t *testing.T) {
	for _, alg := range token.Algorithms() {
		v := token.NewVerifier(newKeys(t, alg), token.Rules{})
		for _, other := range token.Algorithms() {
			if other == alg {
				continue
			}
			if _, err := v.Verify(sign(t, newKeys(t, other), fresh(), nil)); err == nil {
				t.Errorf("a gateway with %s accepts %s", alg, other)
			}
		}
	}
	if _, err := token.NewKeys("none"); err == nil {
		t.Error("there are keys for alg none")
	}
}

func TestVerifyReadsTheClaims(t *testing.T) {
	for _, alg := range token.Algorithms() {
		keys := newKeys(t, alg)
		claims := fresh()
		claims["iss"], claims["jti"], claims["n"] = "i", "j", 7
		raw := sign(t, keys, claims, nil)
		got, err := token.NewVerifier(keys, token.Rules{}).Verify(raw)
		if err != nil {
			t.Fatalf("%s: %v", alg, err)
		}
		n, has := got.Number("n")
		if got.Issuer != "i" || got.Subject != "alice" || got.ID != "j" || n != 7 || !has || !got.IssuedAt.IsZero() {
			t.Errorf("%s: read %+v", alg, got)
		}
		if input := got.SigningInput(); !strings.HasPrefix(raw, input+".") || strings.Count(input, ".") != 1 {
			t.Errorf("%s: the signing input of %q is %q", alg, raw, input)
		}
	}
}

func TestSpellings(t *testing.T) {
	keys := newKeys(t, "HS256")
	raw := sign(t, keys, fresh(), nil)
	lenient := token.Rules{TrailingBits: true, Padding: true}
	for name, test := range map[string]struct {
		raw     string
		lenient bool // whether the lenient verifier accepts it
	}{
		"padded":            {raw + "=", true},
		"padded too much":   {raw + "===", false},
		"padding inside":    {strings.Replace(raw, ".", "=.", 1), false},
		"line feed":         {raw + "\n", false},
		"carriage return":   {raw[:20] + "\r" + raw[20:], false},
		"space":             {raw + " ", false},
		"standard alphabet": {strings.Replace(raw, ".", "+", 1), false},
		"four parts":        {raw + ".x", false},
		"one part":          {"x", false},
		"nothing":           {"", false},
	} {
		if _, err := token.NewVerifier(keys, token.Rules{}).Verify(test.raw); err == nil {
			t.Errorf("%s: a strict verifier accepts %q", name, test.raw)
		}
		if _, err := token.NewVerifier(keys, lenient).Verify(test.raw); (err == nil) != test.lenient {
			t.Errorf("%s: a lenient verifier says %v", name, err)
		}
	}
}

func TestRules(t *testing.T) {
	keys := newKeys(t, "HS256")
	now := time.Now()
	at := func(d time.Duration) int64 { return now.Add(d).Unix() }
	for name, test := range map[string]struct {
		claims map[string]any
		rules  token.Rules
		want   error
	}{
		"good":             {map[string]any{"exp": at(time.Hour)}, token.Rules{}, nil},
		"expired":          {map[string]any{"exp": at(-time.Second)}, token.Rules{}, jwt.ErrTokenExpired},
		"within leeway":    {map[string]any{"exp": at(-time.Second)}, token.Rules{Leeway: 5 * time.Second}, nil},
		"early":            {map[string]any{"exp": at(time.Hour), "nbf": at(time.Minute)}, token.Rules{}, jwt.ErrTokenNotValidYet},
		"no exp":           {map[string]any{}, token.Rules{}, jwt.ErrTokenRequiredClaimMissing},
		"no exp allowed":   {map[string]any{}, token.Rules{AllowNoExp: true}, nil},
		"another issuer":   {map[string]any{"exp": at(time.Hour), "iss": "x"}, token.Rules{Issuer: "i"}, jwt.ErrTokenInvalidIssuer},
		"no audience":      {map[string]any{"exp": at(time.Hour)}, token.Rules{Audience: "a"}, jwt.ErrTokenRequiredClaimMissing},
		"another audience": {map[string]any{"exp": at(time.Hour), "aud": "x"}, token.Rules{Audience: "a"}, jwt.ErrTokenInvalidAudience},
		"no subject":       {map[string]any{"exp": at(time.Hour), "sub": 7}, token.Rules{}, token.ErrSubject},
		"exp is a word":    {map[string]any{"exp": "later"}, token.Rules{}, jwt.ErrInvalidType},
	} {
		if _, has := test.claims["sub"]; !has {
			test.claims["sub"] = "alice"
		}
		test.rules.Now = func() time.Time { return now }
		_, err := token.NewVerifier(keys, test.rules).Verify(sign(t, keys, test.claims, nil))
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	_, err := token.NewVerifier(keys, token.Rules{}).Verify(sign(t, keys, fresh(), map[string]any{"crit": []string{"b64"}}))
	if !errors.Is(err, token.ErrCritical) {
		t.Errorf("a critical extension: %v, want ErrCritical", err)
	}
}

func TestKeySet(t *testing.T) {
	for _, alg := range token.Algorithms() {
		keys := newKeys(t, alg)
		set := keys.KeySet()
		if strings.HasPrefix(alg, "HS") {
			if len(set.Keys) != 0 || set.Keys == nil {
				t.Errorf("%s: the key set shows %v, want an empty list", alg, set.Keys)
			}
			continue
		}
		jwk := set.Keys[0]
		if jwk.Algorithm != alg || jwk.ID != keys.ID() || !sameKey(t, keys.Public(), jwk) {
			t.Errorf("%s: the key set shows %+v", alg, jwk)
		}
	}
}

// sameKey rebuilds the key from the set.
func sameKey(t *testing.T, public any, jwk token.JWK) bool {
	switch key := public.(type) {
	case *rsa.PublicKey:
		return key.Equal(&rsa.PublicKey{N: number(t, jwk.N), E: int(number(t, jwk.E).Int64())})
	case *ecdsa.PublicKey:
		point := append([]byte{4}, append(bytesOf(t, jwk.X), bytesOf(t, jwk.Y)...)...)
		rebuilt, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
		return err == nil && key.Equal(rebuilt)
	case ed25519.PublicKey:
		return key.Equal(ed25519.PublicKey(bytesOf(t, jwk.X)))
	}
	return false
}

func number(t *testing.T, text string) *big.Int { return new(big.Int).SetBytes(bytesOf(t, text)) }

func bytesOf(t *testing.T, text string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// FuzzVerify: whatever a strict verifier accepts has the very signing input
// that was signed.
func FuzzVerify(f *testing.F) {
	keys := newKeys(f, "HS256")
	raw := sign(f, keys, fresh(), nil)
	verifier := token.NewVerifier(keys, token.Rules{})
	for _, seed := range []string{raw, raw + "=", raw + "\n", "", "..", raw[:len(raw)-1], "a.b.c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := verifier.Verify(text)
		if err == nil && text != raw {
			t.Errorf("another spelling was accepted: %q of %q", got.Raw, raw)
		}
	})
}
