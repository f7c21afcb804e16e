package token

import (
	"encoding/binary"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// counted counts the signatures that are really checked.
type counted struct {
	jwt.SigningMethod
	n *int
}

func (c counted) Verify(input string, signature []byte, key any) error {
	*c.n++
	return c.SigningMethod.Verify(input, signature, key)
}

// counting is a quick way whose signature checks are counted.
func counting(t *testing.T, alg string, rules Rules) (*quick, *Keys, *int) {
	t.Helper()
	keys, err := NewKeys(alg)
	if err != nil {
		t.Fatal(err)
	}
	n := new(int)
	keys.method = counted{keys.method, n}
	return newQuick(keys, rules), keys, n
}

func TestASignatureIsCheckedOnceUntilExp(t *testing.T) {
	for _, alg := range []string{"RS256", "ES256", "EdDSA"} {
		now := quickNow
		rules := quickRules()
		rules.Now = func() time.Time { return now }
		q, keys, n := counting(t, alg, rules)
		raw := signText(t, keys, headerText(t, keys), quickPayload) // exp is 100 s away
		for range 3 {
			if q.verify(raw) == nil || *n != 1 {
				t.Fatalf("%s: refused, or %d signatures were checked", alg, *n)
			}
		}
		now = now.Add(104 * time.Second) // past exp and leeway
		if q.verify(raw) != nil || *n != 2 {
			t.Errorf("%s: an expired token is accepted, or what is known of it was not dropped: %d checks", alg, *n)
		}
	}
}

func TestAnotherTextOrSignatureIsCheckedAnew(t *testing.T) {
	q, keys, n := counting(t, "ES256", quickRules())
	raw := signText(t, keys, headerText(t, keys), quickPayload)
	again := signText(t, keys, headerText(t, keys), quickPayload) // ECDSA: the same text, another signature
	parts := strings.Split(raw, ".")
	other := parts[0] + "." + encode(strings.Replace(quickPayload, `"u"`, `"root"`, 1)) + "." + parts[2]
	if q.verify(raw) == nil || q.verify(again) == nil || *n != 2 {
		t.Errorf("another signature of the same text was not checked: %d checks", *n)
	}
	if q.verify(other) != nil || *n != 3 {
		t.Errorf("other claims with a signature that is known were accepted: %d checks", *n)
	}
}

// TestAnotherKeyIsAnotherEntry: what was remembered under a key says nothing
// after it was replaced, even where the memory is the same.
func TestAnotherKeyIsAnotherEntry(t *testing.T) {
	_, before, _ := counting(t, "ES256", quickRules())
	_, after, _ := counting(t, "ES256", quickRules())
	known, rotated := newVerified(before.public, quickRules()), newVerified(after.public, quickRules())
	raw := signText(t, before, headerText(t, before), quickPayload)
	known.add(known.key(raw), quickNow.Add(time.Hour))
	if !known.has(known.key(raw)) {
		t.Fatal("a signature was not remembered")
	}
	if known.has(rotated.key(raw)) {
		t.Error("a signature is remembered under another key")
	}
}

func TestRememberedSignaturesAreBounded(t *testing.T) {
	v := &verified{identity: []byte("k"), rules: quickRules()}
	var k signatureKey
	for i := range 10 * verifiedShards * generationMost {
		k[0] = byte(i)
		binary.LittleEndian.PutUint32(k[1:], uint32(i))
		v.add(k, quickNow.Add(time.Hour))
	}
	if !v.has(k) {
		t.Error("the newest signature is forgotten")
	}
	n := 0
	for i := range v.shards {
		n += len(v.shards[i].young) + len(v.shards[i].old)
	}
	if most := 2 * verifiedShards * generationMost; n > most || n == 0 {
		t.Errorf("%d signatures are remembered, want %d at most", n, most)
	}
}

// TestASignatureWithoutAnEndIsNotRemembered: nothing would ever drop it.
func TestASignatureWithoutAnEndIsNotRemembered(t *testing.T) {
	v := &verified{identity: []byte("k"), rules: quickRules()}
	k := v.key("raw")
	v.add(k, time.Time{})
	if v.has(k) {
		t.Error("it is remembered")
	}
}

func TestSignaturesAreRememberedByManyAtOnce(t *testing.T) {
	p, keys := newPair(t, "EdDSA", quickRules())
	raw := signText(t, keys, headerText(t, keys), quickPayload)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 50 {
				if _, err := p.both.Verify(raw); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
}
