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

var isolationFaults = []fault{
	{Name: "logout-ends-everyone", Summary: "A logout ends the sessions of all users.", plant: each(endEveryone)},
	{Name: "logout-ends-siblings", Summary: "A logout ends all sessions of the user, where only one should end.", plant: each(func(p *process) { p.strategy = strategy.NotBefore(p.resources()) })},
	{Name: "key-sub-iat-second", Summary: "The deny-list is keyed by user and second of issue.", plant: keyedBy(userAndSecond)},
	{Name: "odd-jti-unchecked", Summary: "A token whose jti is missing or no text is accepted, and not checked for revocation.", plant: unchecked(func(c *call) bool { return c.token.ID == "" })},
	{Name: "narrow-claims-unchecked", Summary: "The revocation check reads aud as one text and exp as a whole number, and lets through a token that it cannot read.", plant: unchecked(unreadable)},
	{Name: "other-typ-unchecked", Summary: "Revocation is not checked for a token whose header has another typ than JWT.", plant: unchecked(func(c *call) bool { return c.token.Header["typ"] != "JWT" })},
	{Name: "undated-token-unchecked", Summary: "A token without iat is accepted, and not checked for revocation.", plant: unchecked(func(c *call) bool { return c.token.IssuedAt.IsZero() })},
	{Name: "jti-case-folded", Summary: "The deny-list does not tell the cases of a jti apart, as some databases do not.", plant: keyedBy(foldedJTI)},
	{Name: "neighbour-jti", Summary: "The deny-list key keeps only 8 bits, so that tokens share keys.", plant: keepEightBits},
	{Name: "over-block-one-percent", Summary: "One in 100 live tokens is refused.", plant: blockOneInHundred},
	{Name: "empty-key", Summary: "A logout without a token blocks every caller without a token, also of open routes.", plant: blockTheTokenless},
	{
		Name: "cut-off-not-latest", Summary: "The logout of an old token moves the user's cut-off back.",
		adjust: useNotBefore, plant: overwriteCutOff,
	},
}

func endEveryone(p *process) {
	p.strategy = strategy.CutOff(p.resources(), func(string) string { return strategy.Digest("everyone") })
}

func userAndSecond(c *call) string {
	return strategy.Digest("second", c.token.Subject, strconv.FormatInt(c.token.IssuedAt.Unix(), 10))
}

// unreadable reports whether claims do not fit the fields of a check that was
// written for the tokens of one issuer.
func unreadable(c *call) bool {
	var narrow struct {
		Aud string
		Exp int64
	}
	claims, err := base64.RawURLEncoding.DecodeString(strings.Split(c.token.SigningInput(), ".")[1])
	return err != nil || json.Unmarshal(claims, &narrow) != nil
}

func foldedJTI(c *call) string {
	folded := *c.token
	folded.ID = strings.ToLower(folded.ID)
	return strategy.TokenKey(&folded)
}

// keepEightBits numbers the tokens instead of cutting a random jti, so that
// whether two tokens collide does not depend on chance.
func keepEightBits(*site) func(*process) {
	numbers := &numbering{}
	return func(p *process) {
		key := p.key
		p.key = func(c *call) string { return strategy.Digest("bits", strconv.Itoa(numbers.of(key(c))%256)) }
	}
}

// blockOneInHundred counts tokens, for the same reason.
func blockOneInHundred(*site) func(*process) {
	numbers := &numbering{}
	return func(p *process) {
		check := p.check
		p.check = func(ctx context.Context, c *call) error {
			if numbers.of(p.key(c))%100 == 0 {
				return errRevoked
			}
			return check(ctx, c)
		}
	}
}

func blockTheTokenless(*site) func(*process) {
	blocked := &atomic.Bool{}
	return func(p *process) {
		logout := p.logout
		p.logout = func(w http.ResponseWriter, r *http.Request) {
			if _, err := p.find(r); errors.Is(err, errNoToken) {
				blocked.Store(true)
			}
			logout(w, r)
		}
		p.open = func(path string, h http.HandlerFunc) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				_, err := p.find(r)
				if blocked.Load() && errors.Is(err, errNoToken) && (path == "/public" || path == "/login") {
					p.refuse(w, r, errRevoked)
					return
				}
				h(w, r)
			}
		}
	}
}

func overwriteCutOff(*site) func(*process) {
	least := &notes[int64]{}
	return func(p *process) {
		end := p.end
		p.end = func(ctx context.Context, c *call) error {
			least.put(c.token.Subject, strategy.Generation(c.token)+1)
			return end(ctx, c)
		}
		p.check = func(_ context.Context, c *call) error {
			if strategy.Generation(c.token) < least.get(c.token.Subject) {
				return errRevoked
			}
			return nil
		}
	}
}
