package policyxml

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

// maxEntity is the longest reference worth looking at: "&#1114111;".
const maxEntity = 10

// reference decodes the entity at the start of s, which begins with '&'. It
// returns the character and the bytes read, or 0 bytes where there is none.
func reference(s string) (rune, int) {
	end := strings.IndexByte(s[:min(len(s), maxEntity)], ';')
	if end < 0 {
		return 0, 0
	}
	name := s[1:end]
	if r, ok := entities[name]; ok {
		return r, end + 1
	}
	if r, ok := numbered(name); ok {
		return r, end + 1
	}
	return 0, 0
}

func numbered(name string) (rune, bool) {
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

// decode resolves the references of literal text. The only entities are the
// five of XML and numbered ones: a document cannot define its own, so there
// is nothing that could expand.
func (c *cursor) decode(s string, at Pos) (string, error) {
	var b strings.Builder
	for i := 0; i < len(s); {
		if s[i] != '&' {
			b.WriteByte(s[i])
			i++
			continue
		}
		r, n := reference(s[i:])
		if n == 0 {
			return "", c.errorf(at, "%q is not an entity; write &amp; for an ampersand", s[i:min(len(s), i+maxEntity)])
		}
		b.WriteRune(r)
		i += n
	}
	return b.String(), nil
}
