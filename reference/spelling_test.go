package reference

import (
	"crypto/elliptic"
	"encoding/base64"
	"math/big"
	"net/http"
	"strings"

	"github.com/revocheck/revocheck/fixtures/attack/spelling"
)

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// otherLastBits changes bits of the last letter that no byte is made of.
func otherLastBits(raw string) string {
	last := strings.IndexByte(alphabet, raw[len(raw)-1])
	return raw[:len(raw)-1] + alphabet[last^1:last^1+1]
}

// twin is the header with the other ECDSA signature of the same token: with
// (r, s) also (r, n-s) is valid.
func twin(raw string) string {
	dot := strings.LastIndexByte(raw, '.')
	sig, err := base64.RawURLEncoding.DecodeString(raw[dot+1:])
	if err != nil || len(sig) != 64 {
		return "Bearer not-a-P256-signature"
	}
	s := new(big.Int).SetBytes(sig[32:])
	s.Sub(elliptic.P256().Params().N, s).FillBytes(sig[32:])
	return "Bearer " + raw[:dot+1] + base64.RawURLEncoding.EncodeToString(sig)
}

// respelledAs is the first spelling of a family, where there is one.
func respelledAs(family spelling.Family) func(raw string) string {
	return func(raw string) string {
		for _, s := range spelling.Of(raw, family) {
			return s.Lines()[0]
		}
		return ""
	}
}

func overHTTP10(r *http.Request) { r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/1.0", 1, 0 }

func overHTTP2(r *http.Request) { r.Proto, r.ProtoMajor, r.ProtoMinor = "HTTP/2.0", 2, 0 }
