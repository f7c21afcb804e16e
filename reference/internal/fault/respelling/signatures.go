package respelling

import (
	"crypto/hmac"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"math/big"
	"slices"
	"strings"

	"github.com/golang-jwt/jwt/v5"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/token"
)

var signatureFaults = []fault.Fault{
	{
		Name: "truncated-signature-accepted", Summary: "A shortened HMAC signature is accepted, and the deny-list is keyed by the signature.",
		Adjust: func(cfg *gateway.Config) { cfg.Alg = "HS256" }, Plant: fault.Each(acceptTruncated),
	},
	{
		Name: "ecdsa-der-accepted", Summary: "An ECDSA signature in DER is accepted, and such a token is not checked for revocation.",
		Adjust: useECDSA, Plant: readAs(withPlainECDSA),
	},
	{
		Name: "eddsa-twin-accepted", Summary: "The number S of an Ed25519 signature may be too great, and such a token is not checked for revocation.",
		Adjust: func(cfg *gateway.Config) { cfg.Alg = "EdDSA" }, Plant: readAs(reduced),
	},
}

// leastSignature is how many bytes the fault demands; HS256 has 32.
const leastSignature = 8

func acceptTruncated(p *gateway.Process) {
	p.Key = signature
	verify := p.Verify
	p.Verify = func(c gateway.Credential) (*token.Token, error) {
		t, err := verify(c)
		if !errors.Is(err, jwt.ErrTokenSignatureInvalid) {
			return t, err
		}
		if t, err = fault.Unsigned(p, c.Raw); err != nil {
			return nil, err
		}
		whole, err := jwt.SigningMethodHS256.Sign(t.SigningInput(), p.Keys.Public())
		if n := len(t.Signature()); err != nil || n < leastSignature || n > len(whole) || !hmac.Equal(whole[:n], t.Signature()) {
			return nil, jwt.ErrTokenSignatureInvalid
		}
		return t, nil
	}
}

// rewritten changes the bytes of a token's signature.
func rewritten(raw string, change func([]byte) []byte) string {
	end := strings.LastIndexByte(raw, '.') + 1
	signature, err := base64.RawURLEncoding.Strict().DecodeString(raw[end:])
	if err != nil {
		return raw
	}
	return raw[:end] + base64.RawURLEncoding.EncodeToString(change(signature))
}

func withPlainECDSA(raw string) string { return rewritten(raw, fromDER) }

// fromDER writes the two numbers of a signature side by side; what is not
// in DER stays as it is.
func fromDER(signature []byte) []byte {
	var numbers struct{ R, S *big.Int }
	rest, err := asn1.Unmarshal(signature, &numbers)
	if err != nil || len(rest) > 0 || numbers.R.BitLen() > 256 || numbers.S.BitLen() > 256 {
		return signature
	}
	plain := make([]byte, 64)
	numbers.R.FillBytes(plain[:32])
	numbers.S.FillBytes(plain[32:])
	return plain
}

// groupOrder is L of edwards25519 (RFC 8032, section 5.1).
var groupOrder, _ = new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)

func reduced(raw string) string {
	return rewritten(raw, func(signature []byte) []byte {
		if len(signature) != 64 {
			return signature
		}
		plain := slices.Clone(signature)
		slices.Reverse(plain[32:])
		s := new(big.Int).SetBytes(plain[32:])
		s.Mod(s, groupOrder).FillBytes(plain[32:])
		slices.Reverse(plain[32:])
		return plain
	})
}
