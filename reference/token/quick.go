package token

import (
	"crypto"
	"crypto/hmac"
	"encoding/base64"
	"hash"
	"strings"
	"sync"

	"github.com/golang-jwt/jwt/v5"
)

// quick accepts the usual token sooner than golang-jwt does: the header is the
// one that the gateway's own key gives, the claims are plain JSON, and nothing
// is put into maps. It refuses nothing. Whatever it does not accept, golang-jwt
// is asked about.
type quick struct {
	header    string // of all tokens that it accepts, encoded
	holds     func(signingInput string, signature []byte, t *plain) bool
	validator *jwt.Validator
	scratch   sync.Pool // of *[]byte
}

// newQuick is nil where the rules let a token be spelled in several ways.
func newQuick(keys *Keys, rules Rules) *quick {
	header, err := keys.header()
	if err != nil || rules.TrailingBits || rules.Padding {
		return nil
	}
	return &quick{
		header: header, holds: keys.check(rules), validator: jwt.NewValidator(rules.options()...),
		scratch: sync.Pool{New: func() any { return new([]byte) }},
	}
}

// verify expects the well spelled. It returns nil for what it does not accept.
func (q *quick) verify(raw string) *Token {
	header, rest, _ := strings.Cut(raw, ".")
	payload, signature, _ := strings.Cut(rest, ".")
	if header != q.header || strings.Contains(signature, ".") {
		return nil
	}
	scratch := q.scratch.Get().(*[]byte)
	defer q.scratch.Put(scratch)
	claims, ok := decode(scratch, payload)
	if !ok {
		return nil
	}
	t := readPlain(raw, string(claims))
	if t == nil || t.Subject == "" {
		return nil
	}
	signed, ok := decode(scratch, signature)
	if !ok || !q.holds(t.SigningInput(), signed, t) || q.validator.Validate(t) != nil {
		return nil
	}
	return &t.Token
}

func decode(scratch *[]byte, segment string) (decoded []byte, ok bool) {
	decoded, err := base64.RawURLEncoding.Strict().AppendDecode((*scratch)[:0], []byte(segment))
	*scratch = decoded
	return decoded, err == nil
}

// check is how a signature is checked: with the library, and what it has found
// to hold is remembered. An HMAC is sooner made than looked up.
func (k *Keys) check(rules Rules) func(string, []byte, *plain) bool {
	if secret, ok := k.public.([]byte); ok {
		return hmacCheck(k.method.(*jwt.SigningMethodHMAC).Hash, secret)
	}
	known := newVerified(k.public, rules)
	return func(signingInput string, signature []byte, t *plain) bool {
		of := known.key(t.Raw)
		if known.has(of) {
			return true
		}
		holds := k.method.Verify(signingInput, signature, k.public) == nil
		if holds {
			known.add(of, t.Expires)
		}
		return holds
	}
}

// mac is an HMAC that is used again, with room for its input and its sum.
type mac struct {
	hash.Hash
	input, sum []byte
}

func hmacCheck(with crypto.Hash, secret []byte) func(string, []byte, *plain) bool {
	macs := sync.Pool{New: func() any { return &mac{Hash: hmac.New(with.New, secret)} }}
	return func(signingInput string, signature []byte, _ *plain) bool {
		m := macs.Get().(*mac)
		defer macs.Put(m)
		m.Reset()
		m.input = append(m.input[:0], signingInput...)
		_, _ = m.Write(m.input) // never fails, says hash.Hash
		m.sum = m.Sum(m.sum[:0])
		return hmac.Equal(m.sum, signature)
	}
}
