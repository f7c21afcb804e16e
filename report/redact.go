package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

const (
	// redacted stands where a secret stood. It has no letters, so that no
	// plausible password is found in it.
	redacted = "[***]"
	// leastSecret is the length in bytes below which a secret is not looked
	// for: so short a string occurs in any text, and says nothing there.
	leastSecret = 4
)

// compactToken finds what has the form of a compact JWS (RFC 7515, 7.1), known
// or not, and any respelling of its signature.
var compactToken = regexp.MustCompile(`eyJ[\w-]{6,}\.[\w-]{4,}\.[\w+/=%-]*`)

// Redactor holds the secrets of one run, and finds them in text: as they are,
// in base64 (also in the midst of other encoded text), URL-encoded, escaped for
// JSON, and the parts of a token. Its zero value knows no secret, and still
// removes whatever has the form of a token. It is safe for concurrent use.
type Redactor struct {
	mu    sync.RWMutex
	count int
	forms map[string][]form // by their first leastSecret bytes
	known map[string]bool
}

// form is one way to write the secret with that number.
type form struct {
	text   string
	how    string
	secret int
}

// Add makes the secret known. One of fewer than four bytes is ignored.
func (r *Redactor) Add(secret string) {
	if len(secret) < leastSecret {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.known[secret] {
		return
	}
	if r.forms == nil {
		r.forms, r.known = map[string][]form{}, map[string]bool{}
	}
	r.known[secret] = true
	r.count++
	for _, f := range formsOf(secret) {
		f.secret = r.count
		r.forms[f.text[:leastSecret]] = append(r.forms[f.text[:leastSecret]], f)
	}
}

// Clean returns the text with every known secret, and everything that has the
// form of a token, replaced by "[***]".
func (r *Redactor) Clean(text string) string {
	text = compactToken.ReplaceAllLiteralString(text, redacted)
	r.mu.RLock()
	defer r.mu.RUnlock()
	var out strings.Builder
	end := 0 // of the secrets found so far, which may overlap
	for i := range len(text) {
		if f := r.longestAt(text[i:]); len(f.text) > 0 {
			if i >= end {
				out.WriteString(redacted)
			}
			end = max(end, i+len(f.text))
		}
		if i >= end {
			out.WriteByte(text[i])
		}
	}
	return out.String()
}

// Verify returns an error if the text holds a known secret. The error says
// which by its number in the order of Add, in what form and at which byte, and
// never repeats it.
func (r *Redactor) Verify(text string) error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for i := range len(text) {
		if f := r.longestAt(text[i:]); len(f.text) > 0 {
			return fmt.Errorf("secret %d (%s) stands at byte %d of the text", f.secret, f.how, i)
		}
	}
	return nil
}

func (r *Redactor) longestAt(text string) (longest form) {
	if len(text) < leastSecret {
		return form{}
	}
	for _, f := range r.forms[text[:leastSecret]] {
		if len(f.text) > len(longest.text) && strings.HasPrefix(text, f.text) {
			longest = f
		}
	}
	return longest
}

// Fingerprint names a token without showing it: the first four bytes of its
// SHA-256, in hexadecimal. Do not take one of a password, which could be
// guessed from it.
func Fingerprint(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:4])
}

// Record returns a copy of the record with every text in it cleaned.
func (r *Redactor) Record(rec Record) Record { return rec.mapTexts(r.Clean) }

// Run returns a copy of the run with every text in it cleaned: its records,
// its subject and what it says of itself.
func (r *Redactor) Run(run Run) Run { return run.mapTexts(r.Clean) }
