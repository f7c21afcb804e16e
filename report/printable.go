package report

import (
	"strconv"
	"strings"
	"unicode"
)

// Printable returns the text on one line, with every rune that could steer a
// terminal, break a document or hide (controls, escapes, direction marks, bytes
// that are not UTF-8) written as a Go escape.
func Printable(text string) string {
	var out strings.Builder
	for _, r := range validUTF8(text) {
		if unicode.IsPrint(r) {
			out.WriteRune(r)
		} else {
			out.WriteString(strings.Trim(strconv.QuoteRuneToASCII(r), "'"))
		}
	}
	return out.String()
}
