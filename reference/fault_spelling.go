package reference

import (
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/reference/token"
)

var spellingFaults = []Fault{
	{Name: "other-scheme-unchecked", Summary: "A token after the scheme Token or JWT is accepted, and not checked for revocation.", Plant: Each(takeOtherSchemes)},
	{Name: "junk-in-token-ignored", Summary: "Characters that base64 does not have are dropped from a token, which is then not checked for revocation.", Plant: readAs(withoutJunk)},
	{Name: "extra-segment-ignored", Summary: "A token is accepted with more behind its third segment, and is then not checked for revocation.", Plant: readAs(threeSegments)},
	{Name: "escaped-token-accepted", Summary: "A token is accepted with escapes or in quotes, and is then not checked for revocation.", Plant: readAs(unescaped)},
	{Name: "json-serialization-accepted", Summary: "A token is accepted in the JSON serializations too, and is then not checked for revocation.", Plant: readAs(compacted)},
	{Name: "sloppy-scheme-unchecked", Summary: "A token after Bearer and a colon is accepted, and not checked for revocation.", Plant: Each(takeColon)},
	{
		Name: "ecdsa-der-accepted", Summary: "An ECDSA signature in DER is accepted, and such a token is not checked for revocation.",
		Adjust: useECDSA, Plant: readAs(withPlainECDSA),
	},
	{
		Name: "eddsa-twin-accepted", Summary: "The number S of an Ed25519 signature may be too great, and such a token is not checked for revocation.",
		Adjust: func(cfg *Config) { cfg.Alg = "EdDSA" }, Plant: readAs(reduced),
	},
}

func takeOtherSchemes(p *Process) {
	ReadElsewhere(p, func(r *http.Request) string {
		scheme, raw, _ := strings.Cut(r.Header.Get("Authorization"), " ")
		if scheme == "Token" || scheme == "JWT" {
			return raw
		}
		return ""
	})
}

// readAs has the verifier read another text than the one that was sent, in
// which the revocation check does not find what it looks for.
func readAs(read func(string) string) Planting {
	return Each(func(p *Process) {
		verify := p.Verify
		p.Verify = func(c Credential) (*token.Token, error) {
			c.Raw = read(c.Raw)
			return verify(c)
		}
		Unchecked(func(c *Call) bool { return read(c.Raw) != c.Raw })(p.Site)(p)
	})
}

func withoutJunk(raw string) string { return strings.ReplaceAll(raw, "!", "") }

func threeSegments(raw string) string {
	parts := strings.SplitN(raw, ".", 4)
	return strings.Join(parts[:min(len(parts), 3)], ".")
}

func unescaped(raw string) string {
	plain, err := url.PathUnescape(strings.Trim(raw, `"`))
	if err != nil {
		return raw
	}
	return plain
}

// compacted writes a JSON serialization (RFC 7515 section 7.2) as the compact one.
func compacted(raw string) string {
	var jws struct {
		Payload, Protected, Signature string
		Signatures                    []struct{ Protected, Signature string }
	}
	if json.Unmarshal([]byte(raw), &jws) != nil {
		return raw
	}
	for _, s := range jws.Signatures {
		jws.Protected, jws.Signature = s.Protected, s.Signature
	}
	return jws.Protected + "." + jws.Payload + "." + jws.Signature
}

func takeColon(p *Process) {
	ReadElsewhere(p, func(r *http.Request) string {
		raw, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer:")
		if !found {
			return ""
		}
		return strings.TrimSpace(raw)
	})
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

// fromDER writes the two numbers of a signature side by side; it gives back
// what is not in DER.
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
