package token

import (
	"crypto/sha256"
	"crypto/x509"
	"sync"
	"time"
)

// How many signatures are remembered: in each shard two generations of so many,
// 40 bytes each without their map.
const (
	verifiedShards = 16
	generationMost = 2048
)

// signatureKey is a digest of the whole token and of the key: another signature,
// another text or another key is another entry.
type signatureKey [sha256.Size]byte

// verified remembers which signatures were found to hold, until exp, until the
// key is another one, and as long as there is room. It knows nothing else of a
// token: its claims are held against the rules, and its revocation is looked up,
// on each call.
type verified struct {
	identity []byte // of the key that verifies
	rules    Rules
	shards   [verifiedShards]verifiedShard
}

// verifiedShard drops the older of two generations when the younger is full.
type verifiedShard struct {
	mu         sync.Mutex
	young, old map[signatureKey]int64 // exp with leeway, in seconds since the epoch
}

// newVerified remembers nothing under a key that has no encoding.
func newVerified(public any, rules Rules) *verified {
	identity, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return &verified{rules: rules}
	}
	return &verified{identity: identity, rules: rules}
}

func (v *verified) now() time.Time {
	if v.rules.Now != nil {
		return v.rules.Now()
	}
	return time.Now()
}

func (v *verified) key(raw string) (k signatureKey) {
	h := sha256.New()
	_, _ = h.Write(v.identity) // its length follows from its content
	_, _ = h.Write([]byte(raw))
	h.Sum(k[:0])
	return k
}

func (v *verified) shard(k signatureKey) *verifiedShard { return &v.shards[k[0]%verifiedShards] }

func (v *verified) has(k signatureKey) bool {
	s := v.shard(k)
	s.mu.Lock()
	defer s.mu.Unlock()
	ends, young := s.young[k]
	if !young {
		ends = s.old[k]
	}
	if ends == 0 {
		return false
	}
	if v.now().Unix() >= ends {
		delete(s.young, k)
		delete(s.old, k)
		return false
	}
	if !young {
		s.put(k, ends)
	}
	return true
}

// add remembers a signature until exp. A token without one is not remembered.
func (v *verified) add(k signatureKey, exp time.Time) {
	ends := exp.Add(v.rules.Leeway).Unix() + 1
	if v.identity == nil || exp.IsZero() || ends <= v.now().Unix() {
		return
	}
	s := v.shard(k)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(k, ends)
}

func (s *verifiedShard) put(k signatureKey, ends int64) {
	if len(s.young) >= generationMost {
		s.young, s.old = nil, s.young
	}
	if s.young == nil {
		s.young = map[signatureKey]int64{}
	}
	s.young[k] = ends
}
