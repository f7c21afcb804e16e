package token

import "strings"

// TamperClaims is a token whose claims are not those that were signed.
func TamperClaims(raw string) string { return tamper(raw, 1) }

// TamperSignature is a token whose signature does not verify.
func TamperSignature(raw string) string { return tamper(raw, 2) }

// tamper changes the middle character of one part of a token. The last one
// would not do: its low bits may not count (peers call that trailing bits).
func tamper(raw string, part int) string {
	parts := strings.Split(raw, ".")
	b := []byte(parts[part])
	if i := len(b) / 2; len(b) > 0 {
		b[i] = map[bool]byte{true: 'B', false: 'A'}[b[i] == 'A']
	}
	parts[part] = string(b)
	return strings.Join(parts, ".")
}
