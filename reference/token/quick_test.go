package token

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// quickNow is the time at which tokens are verified here.
var quickNow = time.Unix(1_800_000_000, 0)

func quickRules() Rules {
	return Rules{Issuer: "i", Audience: "a", Leeway: 3 * time.Second, Now: func() time.Time { return quickNow }}
}

// pair is a verifier and golang-jwt alone.
type pair struct{ both, alone *Verifier }

func newPair(t testing.TB, alg string, rules Rules) (pair, *Keys) {
	t.Helper()
	keys, err := NewKeys(alg)
	if err != nil {
		t.Fatal(err)
	}
	p := pair{NewVerifier(keys, rules), NewVerifier(keys, rules)}
	p.alone.quick = nil
	return p, keys
}

// signText signs any header and any payload, as a library that encodes JSON in
// its own way would.
func signText(t testing.TB, k *Keys, header, payload string) string {
	t.Helper()
	input := encode(header) + "." + encode(payload)
	signature, err := k.method.Sign(input, k.private)
	if err != nil {
		t.Fatal(err)
	}
	return input + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func encode(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

func headerText(t testing.TB, k *Keys) string {
	t.Helper()
	encoded, err := k.header()
	if err != nil {
		t.Fatal(err)
	}
	text, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// agree verifies twice, so that what is remembered decides as well.
func (p pair) agree(t *testing.T, raw string) {
	t.Helper()
	want, wantErr := p.alone.Verify(raw)
	for range 2 {
		got, err := p.both.Verify(raw)
		if (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Fatalf("%q: %v; golang-jwt alone says %v", raw, err, wantErr)
		}
		if err == nil {
			sameToken(t, got, want)
		}
	}
}

func sameToken(t *testing.T, got, want *Token) {
	t.Helper()
	for _, name := range slices.Concat(slices.Collect(maps.Keys(want.claims)), []string{"gen", "mark", ""}) {
		n, has := got.Number(name)
		if wantN, wantHas := want.Number(name); n != wantN || has != wantHas {
			t.Errorf("number %q of %q: %v %v, want %v %v", name, got.payload, n, has, wantN, wantHas)
		}
	}
	one, other := *got, *want
	one.header, one.claims, one.signature, one.payload = got.Header(), got.Claims(), got.Signature(), ""
	other.payload = ""
	if !reflect.DeepEqual(one, other) {
		t.Errorf("read %+v\nwant %+v", one, other)
	}
}

const quickPayload = `{"iss":"i","sub":"u","aud":"a","exp":1800000100,"iat":1800000000,"jti":"j"}`

// payloads decide differently in a careless reader than in golang-jwt, or might.
var payloads = []string{
	quickPayload, `{}`, ``, `null`, `[]`, `"x"`, `7`, `{`, `{"a":1`, `{"a":1,}`, `{,}`, `{"a"}`, `{"a":}`, `{"a":1}x`, "{}\n", " {}",
	`{"iss":"i","sub":"u","aud":"a","exp":1800000100,"exp":1}`, `{"iss":"i","sub":"u","aud":"a","exp":1,"exp":1800000100}`,
	`{"iss":"x","iss":"i","sub":"u","aud":"a","exp":1800000100}`, `{"iss":"i","sub":"v","sub":"u","aud":"a","exp":1800000100,"jti":"j","jti":"k"}`,
	`{"iss":"i","sub":"u","aud":["b","a"],"exp":1800000100}`, `{"iss":"i","sub":"u","aud":[],"exp":1800000100}`, `{"iss":"i","sub":"u","aud":[""],"exp":1800000100}`,
	`{"iss":"i","sub":"u","aud":["a",7],"exp":1800000100}`, `{"iss":"i","sub":"u","aud":"a","aud":"b","exp":1800000100}`, `{"iss":"i","sub":"u","aud":null,"exp":1800000100}`,
	`{"iss":"i","sub":"u","aud":["a",],"exp":1800000100}`, `{"iss":"i","sub":"u","aud":["a""b"],"exp":1800000100}`, `{"iss":"i","sub":"u","aud":["a"`,
	`{"iss":"i","sub":"u","aud":"a","Exp":1800000100}`, `{"iss":"i","sub":"u","aud":"a","EXP":1800000100,"exp":1}`, `{"ISS":"i","sub":"u","aud":"a","exp":1800000100}`,
	`{"iss":"i","sub":"u","aud":"a","exp":1.8e9}`, `{"iss":"i","sub":"u","aud":"a","exp":1800000000.9}`, `{"iss":"i","sub":"u","aud":"a","exp":-1}`,
	`{"iss":"i","sub":"u","aud":"a","exp":0}`, `{"iss":"i","sub":"u","aud":"a","exp":-0}`, `{"iss":"i","sub":"u","aud":"a","exp":01800000100}`,
	`{"iss":"i","sub":"u","aud":"a","exp":999999999999999}`, `{"iss":"i","sub":"u","aud":"a","exp":9999999999999999}`, `{"iss":"i","sub":"u","aud":"a","exp":1e400}`,
	`{"iss":"i","sub":"u","aud":"a","exp":123456789012345678901234567890}`, `{"iss":"i","sub":"u","aud":"a","exp":"1800000100"}`, `{"iss":"i","sub":"u","aud":"a","exp":null}`,
	`{"iss":"i","sub":"u","aud":"a","exp":true}`, `{"iss":"i","sub":"u","aud":"a","exp":[1800000100]}`, `{"iss":"i","sub":"u","aud":"a","exp":{"exp":1800000100}}`,
	`{"iss":"i","sub":"u","aud":"a","exp":1799999998}`, `{"iss":"i","sub":"u","aud":"a","exp":1799999997}`, `{"iss":"i","sub":"u","aud":"a","exp":1799999996}`,
	`{"iss":"i","sub":"u","aud":"a","exp":1800000100,"nbf":1800000003}`, `{"iss":"i","sub":"u","aud":"a","exp":1800000100,"nbf":1800000004}`,
	`{"iss":"i","sub":"u","aud":"a","exp":1800000100,"iat":0,"nbf":0}`, `{"iss":"i","sub":"u","aud":"a","exp":1800000100,"iat":"x"}`, `{"iss":"i","sub":"u","aud":"a","exp":1800000100,"iat":1.5}`,
	`{"iss":"i","sub":7,"aud":"a","exp":1800000100}`, `{"iss":"i","sub":"","aud":"a","exp":1800000100}`, `{"iss":"i","sub":null,"aud":"a","exp":1800000100}`,
	`{"iss":"\u0069","sub":"u","aud":"a","exp":1800000100}`, `{"i\u0073s":"x","iss":"i","sub":"u","aud":"a","exp":1800000100}`, `{"iss":"i","sub":"ü","aud":"a","exp":1800000100}`,
	"{\"iss\":\"i\",\"sub\":\"u\xff\",\"aud\":\"a\",\"exp\":1800000100}", "{\"iss\":\"i\",\"sub\":\"u\x7f\",\"aud\":\"a\",\"exp\":1800000100}", "{\"iss\":\"i\",\"sub\":\"u\x00\",\"aud\":\"a\",\"exp\":1800000100}",
	`{"iss":"i", "sub":"u","aud":"a","exp":1800000100}`, `{"iss":"i","sub":"u","aud":"a","exp":1800000100,"x":{"exp":1}}`, `{"iss":"i","sub":"u","aud":"a","exp":1800000100,"x":[1]}`,
	`{"iss":"i","sub":"u","aud":"a","exp":1800000100,"x":trueish}`, `{"iss":"i","sub":"u","aud":"a","exp":1800000100,"x":true,"y":false,"z":null}`, `{"iss":"i","sub":"u","aud":"a","exp":1800000100,"x":nul}`,
	`{"iss":"i","sub":"u","aud":"a","exp":1800000100,"gen":1,"gen":2}`, `{"iss":"i","sub":"u","aud":"a","exp":1800000100,"gen":1,"gen":"2"}`, `{"iss":"i","sub":"u","aud":"a","exp":1800000100,"gen":0,"mark":9007199254740991}`,
	`{"iss":"i","sub":"u","aud":"a","exp":1800000100,"":5,"":6}`, `{"iss":"i","sub":"u'{},:[]","aud":"a","exp":1800000100}`,
}

func TestQuickAgreesWithTheLibrary(t *testing.T) {
	for _, alg := range Algorithms() {
		for name, rules := range map[string]Rules{"strict": quickRules(), "no rules": {}, "no exp needed": {AllowNoExp: true, Now: quickRules().Now}} {
			p, keys := newPair(t, alg, rules)
			for _, payload := range payloads {
				p.agree(t, signText(t, keys, headerText(t, keys), payload))
			}
			if t.Failed() {
				t.Fatalf("with %s and %s", alg, name)
			}
		}
	}
}

func TestQuickAgreesAboutHeadersAndSpellings(t *testing.T) {
	for _, alg := range Algorithms() {
		p, keys := newPair(t, alg, quickRules())
		own := headerText(t, keys)
		good := signText(t, keys, own, quickPayload)
		p.agree(t, good) // what is remembered of it must serve no other
		for _, header := range []string{
			`{"alg":"none"}`, `{"alg":"NONE"}`, `{}`, ``, `null`, strings.Replace(own, alg, strings.ToLower(alg), 1), `{"alg":"` + alg + `"}`,
			strings.Replace(own, "{", `{"crit":["b64"],`, 1), strings.Replace(own, "{", `{"crit":null,`, 1), strings.Replace(own, "{", `{"Crit":[],`, 1),
			strings.Replace(own, "{", `{"alg":"none",`, 1), strings.Replace(own, "}", `,"alg":"none"}`, 1), strings.Replace(own, "}", `,"ALG":"none"}`, 1), strings.Replace(own, ":", ": ", 1),
		} {
			p.agree(t, signText(t, keys, header, quickPayload))
		}
		for _, raw := range respelled(good) {
			p.agree(t, raw)
		}
	}
}

// respelled are other texts of a token, and other tokens with one part of it.
func respelled(raw string) []string {
	parts := strings.Split(raw, ".")
	all := []string{
		raw + "=", raw + "==", raw + ".", raw + ".x", raw + "\n", "." + raw, raw[1:], raw[:len(raw)-1], raw + "A", "", "..", "...",
		parts[0] + "." + parts[1] + ".", parts[0] + "." + parts[1], parts[0] + ".." + parts[2], "." + parts[1] + "." + parts[2],
		parts[0] + "." + encode(strings.Replace(quickPayload, `"u"`, `"root"`, 1)) + "." + parts[2],
		parts[0] + "." + parts[1] + "=." + parts[2], strings.NewReplacer("-", "+", "_", "/").Replace(raw),
	}
	for _, last := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" {
		for i := range parts {
			other := slices.Clone(parts)
			other[i] = other[i][:len(other[i])-1] + string(last) // bits that a loose decoder drops
			all = append(all, strings.Join(other, "."))
		}
	}
	return all
}

// TestQuickAcceptsTheUsualToken: what is compared above is not the library with
// itself.
func TestQuickAcceptsTheUsualToken(t *testing.T) {
	for _, alg := range Algorithms() {
		p, keys := newPair(t, alg, quickRules())
		raw := signText(t, keys, headerText(t, keys), quickPayload)
		if p.both.quick.verify(raw) == nil {
			t.Errorf("%s: the usual token is left to the library", alg)
		}
		if got, err := p.both.Verify(raw); err != nil || got.claims != nil {
			t.Errorf("%s: %v, or the claims were put into a map", alg, err)
		}
	}
}

// FuzzQuick holds the quick way against golang-jwt: any payload, under the usual
// header and under any, with one byte of the token changed or none.
func FuzzQuick(f *testing.F) {
	for _, payload := range payloads {
		f.Add("", payload, -1, byte(0))
	}
	f.Add(`{"alg":"HS256","crit":[]}`, quickPayload, 40, byte(1))
	p, keys := newPair(f, "HS256", quickRules())
	usual := headerText(f, keys)
	f.Fuzz(func(t *testing.T, header, payload string, at int, flip byte) {
		if header == "" {
			header = usual
		}
		raw := []byte(signText(t, keys, header, payload))
		if 0 <= at && at < len(raw) {
			raw[at] ^= flip
		}
		p.agree(t, string(raw))
	})
}

// FuzzMembers: what is read as plain is JSON, and reads as encoding/json has it.
func FuzzMembers(f *testing.F) {
	for _, payload := range payloads {
		f.Add(payload)
	}
	f.Fuzz(func(t *testing.T, text string) {
		read := map[string]any{}
		plain := members(text, func(name, value string) bool {
			var v any
			if err := json.Unmarshal([]byte(value), &v); err != nil {
				t.Fatalf("the value %q of %q: %v", value, text, err)
			}
			read[name] = v
			return true
		})
		var want map[string]any
		if err := json.Unmarshal([]byte(text), &want); plain && (err != nil || !reflect.DeepEqual(read, want)) {
			t.Errorf("%q was read as %v; it is %v, %v", text, read, want, err)
		}
	})
}

func TestVerifyWithAnotherKeyIsLeftToTheLibrary(t *testing.T) {
	p, keys := newPair(t, "HS256", quickRules())
	raw := signText(t, keys, headerText(t, keys), quickPayload)
	refuse := errors.New("no such key")
	if _, err := p.both.VerifyWith(raw, func(*jwt.Token) (any, error) { return nil, refuse }); !errors.Is(err, refuse) {
		t.Errorf("%v, want that of the choice of key", err)
	}
}
