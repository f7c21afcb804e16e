package reference

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/revocheck/revocheck/reference/internal/strategy"
)

var isolationFaults = []Fault{
	{Name: "logout-ends-everyone", Summary: "A logout ends the sessions of all users.", Plant: Each(endEveryone)},
	{Name: "logout-ends-siblings", Summary: "A logout ends all sessions of the user, where only one should end.", Plant: Each(func(p *Process) { p.Strategy = strategy.NotBefore(p.Resources()) })},
	{Name: "key-sub-iat-second", Summary: "The deny-list is keyed by user and second of issue.", Plant: KeyedBy(userAndSecond)},
	{Name: "odd-jti-unchecked", Summary: "A token whose jti is missing or no text is accepted, and not checked for revocation.", Plant: Unchecked(func(c *Call) bool { return c.Token.ID == "" })},
	{Name: "narrow-claims-unchecked", Summary: "The revocation check reads aud as one text and exp as a whole number, and lets through a token that it cannot read.", Plant: Unchecked(unreadable)},
	{Name: "other-typ-unchecked", Summary: "Revocation is not checked for a token whose header has another typ than JWT.", Plant: Unchecked(func(c *Call) bool { return c.Token.Header["typ"] != "JWT" })},
	{Name: "undated-token-unchecked", Summary: "A token without iat is accepted, and not checked for revocation.", Plant: Unchecked(func(c *Call) bool { return c.Token.IssuedAt.IsZero() })},
	{Name: "jti-case-folded", Summary: "The deny-list does not tell the cases of a jti apart, as some databases do not.", Plant: KeyedBy(foldedJTI)},
	{Name: "neighbour-jti", Summary: "The deny-list key keeps only 8 bits, so that tokens share keys.", Plant: keepEightBits},
	{Name: "over-block-one-percent", Summary: "One in 100 live tokens is refused.", Plant: blockOneInHundred},
	{Name: "empty-key", Summary: "A logout without a token blocks every caller without a token, also of open routes.", Plant: blockTheTokenless},
	{
		Name: "cut-off-not-latest", Summary: "The logout of an old token moves the user's cut-off back.",
		Adjust: UseNotBefore, Plant: overwriteCutOff,
	},
}

func endEveryone(p *Process) {
	p.Strategy = strategy.CutOff(p.Resources(), func(string) string { return strategy.Digest("everyone") })
}

func userAndSecond(c *Call) string {
	return strategy.Digest("second", c.Token.Subject, strconv.FormatInt(c.Token.IssuedAt.Unix(), 10))
}

// unreadable reports whether claims do not fit the fields of a check that was
// written for the tokens of one issuer.
func unreadable(c *Call) bool {
	var narrow struct {
		Aud string
		Exp int64
	}
	claims, err := base64.RawURLEncoding.DecodeString(strings.Split(c.Token.SigningInput(), ".")[1])
	return err != nil || json.Unmarshal(claims, &narrow) != nil
}

func foldedJTI(c *Call) string {
	folded := *c.Token
	folded.ID = strings.ToLower(folded.ID)
	return strategy.TokenKey(&folded)
}

// keepEightBits numbers the tokens instead of cutting a random jti, so that
// whether two tokens collide does not depend on chance.
func keepEightBits(*Site) func(*Process) {
	numbers := &Numbering{}
	return func(p *Process) {
		key := p.Key
		p.Key = func(c *Call) string { return strategy.Digest("bits", strconv.Itoa(numbers.Of(key(c))%256)) }
	}
}

// blockOneInHundred counts tokens, for the same reason.
func blockOneInHundred(*Site) func(*Process) {
	numbers := &Numbering{}
	return func(p *Process) {
		check := p.Check
		p.Check = func(ctx context.Context, c *Call) error {
			if numbers.Of(p.Key(c))%100 == 0 {
				return ErrRevoked
			}
			return check(ctx, c)
		}
	}
}

func blockTheTokenless(*Site) func(*Process) {
	blocked := &atomic.Bool{}
	return func(p *Process) {
		logout := p.Logout
		p.Logout = func(w http.ResponseWriter, r *http.Request) {
			if _, err := p.Find(r); errors.Is(err, ErrNoToken) {
				blocked.Store(true)
			}
			logout(w, r)
		}
		p.Open = func(path string, h http.HandlerFunc) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				_, err := p.Find(r)
				if blocked.Load() && errors.Is(err, ErrNoToken) && (path == "/public" || path == "/login") {
					p.Refuse(w, r, ErrRevoked)
					return
				}
				h(w, r)
			}
		}
	}
}

func overwriteCutOff(*Site) func(*Process) {
	least := &Notes[int64]{}
	return func(p *Process) {
		end := p.End
		p.End = func(ctx context.Context, c *Call) error {
			least.Put(c.Token.Subject, strategy.Generation(c.Token)+1)
			return end(ctx, c)
		}
		p.Check = func(_ context.Context, c *Call) error {
			if strategy.Generation(c.Token) < least.Get(c.Token.Subject) {
				return ErrRevoked
			}
			return nil
		}
	}
}
