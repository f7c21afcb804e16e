package strategy

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/revocheck/revocheck/reference/token"
)

// TokenKey names a token whatever its spelling: by iss and jti or, where there
// is no jti, by the text that the signature covers. Neither the header nor the
// signature will do, because a holder can respell both (GHSA-j5fj-8wxc-gvmj).
func TokenKey(t *token.Token) string {
	if t.ID != "" {
		return Digest("jti", t.Issuer, t.ID)
	}
	return Digest("input", t.SigningInput())
}

// Digest is a key made of parts, so that a store never holds a token. Each
// part ends in a zero byte, to keep ("a", "bc") and ("ab", "c") apart.
func Digest(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}
