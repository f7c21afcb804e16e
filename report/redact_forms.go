package report

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
)

// leastForm is the length in bytes that an encoding or a part of a secret must
// exceed to be looked for; a shorter one occurs by chance.
const leastForm = 8

// formsOf lists the ways to write the secret: itself, and every encoding and
// part of it that is long enough to be told from other text.
func formsOf(secret string) []form {
	forms := []form{{text: secret, how: "as it is"}}
	add := func(how string, texts ...string) {
		for _, t := range texts {
			if len(t) > leastForm && t != secret {
				forms = append(forms, form{text: t, how: how})
			}
		}
	}
	add("URL-encoded", url.QueryEscape(secret), url.PathEscape(secret))
	add("escaped for JSON", jsonEscaped(secret, true), jsonEscaped(secret, false))
	for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		add("in base64", enc.EncodeToString([]byte(secret)))
		add("within base64", embedded(enc, secret)...)
	}
	add("part of the token", tokenParts(secret)...)
	return forms
}

// embedded returns the characters that the secret alone decides when it stands
// inside a longer text in base64, at each of the three alignments.
func embedded(enc *base64.Encoding, secret string) []string {
	var all []string
	for shift := range 3 {
		whole := (shift + len(secret)) / 3 * 3
		if whole <= 3 {
			continue
		}
		padded := append(make([]byte, shift), secret...)
		text := enc.EncodeToString(padded[:whole])
		if shift > 0 {
			text = text[4:] // decided by the bytes before, too
		}
		all = append(all, text)
	}
	return all
}

// tokenParts returns what of a compact JWS must not be seen either: the signed
// part, the claims alone, the signature. The header says nothing.
func tokenParts(secret string) []string {
	header, rest, found := strings.Cut(secret, ".")
	claims, signature, signed := strings.Cut(rest, ".")
	if !found || !signed || !strings.HasPrefix(header, "eyJ") {
		return nil
	}
	return []string{header + "." + claims, claims, signature}
}

// jsonEscaped is the secret within a text of JSON, with or without the escapes of
// what means something in HTML.
func jsonEscaped(secret string, html bool) string {
	var quoted strings.Builder
	enc := json.NewEncoder(&quoted)
	enc.SetEscapeHTML(html)
	if enc.Encode(secret) != nil {
		return ""
	}
	text := strings.TrimSuffix(quoted.String(), "\n")
	return text[1 : len(text)-1]
}
