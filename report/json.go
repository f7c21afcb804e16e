package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode"
	"unicode/utf16"
)

// WriteJSON renders the run as one JSON document that ReadJSON reads back. It
// refuses a run that ReadJSON would refuse, before it writes anything.
func WriteJSON(w io.Writer, r Run) error {
	r = r.AsStored()
	r.Schema = Schema
	if r.Records == nil {
		r.Records = []Record{}
	}
	if err := r.check(); err != nil {
		return fmt.Errorf("this run cannot be stored: %w", err)
	}
	return writeJSON(w, r)
}

// writeJSON renders any value, with two spaces for each level. Runes that could
// steer a terminal are escaped, since "-" writes reports to one.
func writeJSON(w io.Writer, v any) error {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	_, err := w.Write(escapeHidden(buf.Bytes()))
	return err
}

// escapeHidden escapes what encoding/json leaves as it is: C1 controls, format
// and direction marks. Beyond ASCII a document has them in strings only. So does
// it escape U+FFFD, which encoding/json escapes only in place of broken UTF-8.
func escapeHidden(doc []byte) []byte {
	out := make([]byte, 0, len(doc))
	for _, r := range string(doc) {
		switch {
		case r < unicode.MaxASCII || unicode.IsPrint(r) && r != unicode.ReplacementChar:
			out = append(out, string(r)...)
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
	}
	return out
}
