package reference

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"math"
	"time"

	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

// listed is the deny-list: logout adds the token's key for as long as the
// token could still be accepted.
type listed struct {
	stateless
	p *process
}

func denylist(p *process) strategy {
	if p.cfg.LogoutScope == ScopeUser {
		return notBefore(p)
	}
	return listed{p: p}
}

func (l listed) check(ctx context.Context, c *call) error {
	has, err := l.p.list.Has(ctx, l.p.key(c))
	if err == nil && has {
		return errRevoked
	}
	return err
}

func (l listed) end(ctx context.Context, c *call) error {
	return l.p.list.Add(ctx, l.p.key(c), l.p.ttl(c.token))
}

// tokenKey names a token whatever its spelling: by iss and jti or, where there
// is no jti, by the text that the signature covers. Neither the header nor the
// signature will do, because a holder can respell both (GHSA-j5fj-8wxc-gvmj).
func tokenKey(c *call) string {
	if c.token.ID != "" {
		return digest("jti", c.token.Issuer, c.token.ID)
	}
	return digest("input", c.token.SigningInput())
}

// digest is a key made of parts, so that a store never holds a token. Each
// part ends in a zero byte, to keep ("a", "bc") and ("ab", "c") apart.
func digest(parts ...string) string {
	h := sha256.New()
	for _, part := range parts {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// truncation guards against validators that compare whole seconds.
const truncation = time.Second

// remaining is how long a token could still be accepted, rounded up to
// seconds, by a validator with the given leeway. What is longer than a Duration
// can be, 292 years, is as long as that.
func remaining(t *token.Token, now time.Time, leeway time.Duration) time.Duration {
	if t.Expires.IsZero() {
		return store.Forever
	}
	left := min(t.Expires.Add(leeway+truncation).Sub(now), math.MaxInt64-time.Second)
	return max((left+time.Second-1)/time.Second*time.Second, truncation)
}
