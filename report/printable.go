package report

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// printable returns the text on one line, with every rune that could steer a
// terminal, break a document or hide (controls, escapes, direction marks, bytes
// that are not UTF-8) written as a Go escape.
func printable(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			out.WriteString(`\x` + strconv.FormatUint(uint64(text[i])|0x100, 16)[1:])
		case unicode.IsPrint(r):
			out.WriteRune(r)
		default:
			out.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
		i += size
	}
	return out.String()
}
