package token_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/revocheck/revocheck/reference/token"
)

func TestProcessesThatShareAKeyAreOne(t *testing.T) {
	for _, alg := range token.Algorithms() {
		content, err := token.Content(alg)
		if err != nil {
			t.Fatal(err)
		}
		one, err := token.KeysFrom(alg, content)
		if err != nil {
			t.Fatal(err)
		}
		other, err := token.KeysFrom(alg, append([]byte("\n"), append(content, " \n"...)...))
		if err != nil {
			t.Fatal(err)
		}
		if one.ID() != other.ID() || one.Algorithm() != alg {
			t.Errorf("%s: kids %s and %s, algorithm %s", alg, one.ID(), other.ID(), one.Algorithm())
		}
		raw, err := one.Sign(map[string]any{"sub": "alice"}, nil)
		if err != nil || raw == "" {
			t.Fatalf("%s: %v", alg, err)
		}
		if bytes.Contains(content, []byte(one.ID())) {
			t.Errorf("%s: the kid is a part of the key", alg)
		}
	}
}

func TestAKeyThatDoesNotSuitIsSaidAndNotQuoted(t *testing.T) {
	ec, _ := token.Content("ES256")
	ed, _ := token.Content("EdDSA")
	for name, c := range map[string]struct {
		alg, content, want string
	}{
		"short secret":     {"HS512", "a-secret-of-32-bytes-is-too-short", "64 bytes or more"},
		"PEM for HMAC":     {"HS256", string(ec), "this is PEM"},
		"secret for ES256": {"ES256", "a-secret-of-32-bytes-is-too-short", "private key in PEM"},
		"another curve":    {"ES256", string(ed), "ed25519"},
		"no key in it":     {"RS256", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "no private key"},
		"nothing":          {"HS256", "", "this has 0"},
	} {
		_, err := token.KeysFrom(c.alg, []byte(c.content))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if err != nil && c.content != "" && strings.Contains(err.Error(), strings.TrimSpace(c.content)) {
			t.Errorf("%s: the error quotes the key", name)
		}
	}
}
