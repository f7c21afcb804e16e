package strategy

import (
	"crypto/sha256"

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

// KeySize is the length of a key in bytes, which are no text: half of a
// SHA-256, since a holder would have to find a second token with the same half.
const KeySize = 16

// Digest is a key made of parts, so that a store never holds a token. Each
// part ends in a zero byte, to keep ("a", "bc") and ("ab", "c") apart.
func Digest(parts ...string) string {
	var room [256]byte // of what most keys are made of
	text := room[:0]
	for _, part := range parts {
		text = append(append(text, part...), 0)
	}
	sum := sha256.Sum256(text)
	return string(sum[:KeySize])
}
