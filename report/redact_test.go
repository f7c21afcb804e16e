package report

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

const (
	password = `p&ss "wörd" 7`
	token    = "eyJhbGciOiJIUzI1NiJ9.eyJqdGkiOiJhYmNkZWYiLCJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJlLW9mLXRoaXJ0eS10d28tYnl0ZXM"
)

func known(secrets ...string) *Redactor {
	r := new(Redactor)
	for _, s := range secrets {
		r.Add(s)
	}
	return r
}

func TestCleanRemovesEveryForm(t *testing.T) {
	claims, signature := strings.Split(token, ".")[1], strings.Split(token, ".")[2]
	quoted, _ := json.Marshal(password)
	tests := map[string]struct{ text, secret string }{
		"password":              {"login with " + password, password},
		"URL-encoded, query":    {"password=" + url.QueryEscape(password), url.QueryEscape(password)},
		"URL-encoded, path":     {"/u/" + url.PathEscape(password), url.PathEscape(password)},
		"escaped for JSON":      {`{"password":` + string(quoted) + `}`, "wörd"},
		"base64":                {base64.StdEncoding.EncodeToString([]byte(password)), "cCZzcyAid"},
		"token":                 {"Bearer " + token + ".", signature},
		"signed part":           {"saw " + strings.TrimSuffix(token, "."+signature), claims},
		"claims":                {"claims " + claims, claims},
		"signature":             {"sig=" + signature + "!", signature},
		"respelled signature":   {"Bearer " + token[:len(token)-1] + "N==", signature[:len(signature)-1]},
		"unknown token":         {"eyJhbGciOiJub25lIn0.eyJzdWIiOiJib2IifQ.", "eyJzdWIiOiJib2IifQ"},
		"twice":                 {password + password, "wörd"},
		"overlapping a sibling": {"xx7seven-of", "-of"},
		"one within another":    {"the long secret", "cret"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := known(password, token, "7seven", "seven-of", "long secret", "ng s")
			got := r.Clean(tt.text)
			if strings.Contains(got, tt.secret) || !strings.Contains(got, redacted) {
				t.Errorf("Clean(%q) = %q", tt.text, got)
			}
			if err := r.Verify(got); err != nil {
				t.Errorf("after Clean: %v", err)
			}
		})
	}
}

// In a Basic credential the password stands at any of three alignments.
func TestCleanFindsPasswordWithinBase64(t *testing.T) {
	const secret = "correct-horse-battery"
	for _, user := range []string{"a", "al", "ali", "alic"} {
		text := base64.StdEncoding.EncodeToString([]byte(user + ":" + secret + "-and-more"))
		if err := known(secret).Verify(text); err == nil || !strings.Contains(err.Error(), "base64") {
			t.Errorf("user %q: Verify = %v", user, err)
		}
		if got := known(secret).Clean(text); !strings.Contains(got, redacted) {
			t.Errorf("user %q: Clean = %q", user, got)
		}
	}
}

func TestCleanLeavesOtherText(t *testing.T) {
	const text = "GET /api/hello with T#3f2a91bc: 401 in 3 ms, eyJ is a prefix; pw abc, header eyJhbGciOiJIUzI1NiJ9"
	if got := known(password, token, "abc").Clean(text); got != text {
		t.Errorf("Clean = %q", got)
	}
	if got := new(Redactor).Clean(text); got != text {
		t.Errorf("zero value: Clean = %q", got)
	}
}

func TestVerifyNeverRepeatsTheSecret(t *testing.T) {
	err := known("other-secret", password).Verify("x " + password)
	if err == nil {
		t.Fatal("no error for text with a secret")
	}
	if got, want := err.Error(), "secret 2 (as it is) stands at byte 2 of the text"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A field that is added to a record and forgotten here would leak.
func TestRunCleansEveryText(t *testing.T) {
	run := Run{}
	fillTexts(reflect.ValueOf(&run).Elem(), "x "+password)
	clean, err := json.Marshal(known(password).Run(run))
	if err != nil {
		t.Fatal(err)
	}
	run = Run{}
	if err := json.Unmarshal(clean, &run); err != nil {
		t.Fatal(err)
	}
	clean, _ = json.Marshal(run)
	if strings.Contains(string(clean), "wörd") {
		t.Errorf("a text was not cleaned: %s", clean)
	}
}

func fillTexts(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fillTexts(v.Index(0), text)
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fillTexts(key, text)
		fillTexts(value, text)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fillTexts(v.Elem(), text)
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fillTexts(v.Field(i), text)
			}
		}
	}
}

func TestFingerprint(t *testing.T) {
	// printf %s abc | sha256sum (FIPS 180-2, B.1): ba7816bf 8f01cfea ...
	if got := Fingerprint("abc"); got != "ba7816bf" {
		t.Errorf("Fingerprint = %q", got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("secret-1", "other-secret", "a secret-1 and other-secret-1")
	f.Add("aaaa", "aaab", "aaaaaaabaaaa")
	f.Add(token, password, "Bearer "+token)
	f.Fuzz(func(t *testing.T, one, two, text string) {
		r := known(one, two)
		got := r.Clean(text)
		for _, s := range []string{one, two} {
			if len(s) >= leastSecret && strings.Contains(got, s) && !strings.Contains(s, redacted[1:2]) &&
				!strings.ContainsAny(s, "[]") {
				t.Errorf("Clean(%q) = %q, which holds %q", text, got, s)
			}
		}
	})
}
