package report

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// AsStored returns the run as it reads once it was stored and read back:
// durations to the microsecond, instants in UTC, every text valid UTF-8, with
// the causes of its failures and the counts. A
// writer renders this form, so that a stored run reads as it did when it ended.
func (r Run) AsStored() Run {
	r = r.mapTexts(validUTF8)
	r.Started = r.Started.UTC()
	r.Duration = r.Duration.asStored()
	for i := range r.Records { // mapTexts made the copy
		r.Records[i].roundTimes()
	}
	if len(r.Causes) == 0 {
		r = r.WithCauses()
	}
	counts := Count(r.Records, r.Strict)
	r.Counts = &counts
	return r
}

// AsStored returns the record as it reads once it was stored and read back.
func (r Record) AsStored() Record {
	r = r.mapTexts(validUTF8)
	r.roundTimes()
	return r
}

func (r *Record) roundTimes() {
	r.Duration, r.TooLong = r.Duration.asStored(), r.TooLong.asStored()
	if r.Finding != nil {
		r.Finding.Left = r.Finding.Left.asStored()
	}
	for i := range r.Steps {
		r.Steps[i].At, r.Steps[i].Took = r.Steps[i].At.asStored(), r.Steps[i].Took.asStored()
		if span := r.Steps[i].Span; span != nil { // mapTexts made the copy
			span.From, span.Until = span.From.asStored(), span.Until.asStored()
		}
	}
}

// asStored brings the duration to the precision and the bounds of the stored
// form.
func (d Duration) asStored() Duration {
	const bound = longest * time.Millisecond
	return Duration(min(max(time.Duration(d), -bound), bound).Round(time.Microsecond))
}

// validUTF8 writes every byte that is not UTF-8 as a Go escape. A stored form
// cannot hold one, and encoding/json would lose which it was.
func validUTF8(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			out.WriteString(byteEscape(text[i]))
		} else {
			out.WriteRune(r)
		}
		i += size
	}
	return out.String()
}

// byteEscape writes the byte as a Go escape, as in \xff.
func byteEscape(b byte) string { return fmt.Sprintf(`\x%02x`, b) }
