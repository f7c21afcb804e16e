package isolation

import (
	"strconv"
	"strings"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/gateway"
	"github.com/revocheck/revocheck/reference/internal/strategy"
)

var keyFaults = []fault.Fault{
	{Name: "key-sub-iat-second", Summary: "The deny-list is keyed by user and second of issue.", Plant: fault.KeyedBy(userAndSecond)},
	{Name: "jti-case-folded", Summary: "The deny-list does not tell the cases of a jti apart, as some databases do not.", Plant: fault.KeyedBy(foldedJTI)},
	{Name: "neighbour-jti", Summary: "The deny-list key keeps only 8 bits, so that tokens share keys.", Plant: keepEightBits},
}

func userAndSecond(c *gateway.Call) string {
	return strategy.Digest("second", c.Token.Subject, strconv.FormatInt(c.Token.IssuedAt.Unix(), 10))
}

func foldedJTI(c *gateway.Call) string {
	folded := *c.Token
	folded.ID = strings.ToLower(folded.ID)
	return strategy.TokenKey(&folded)
}

// keepEightBits numbers the tokens instead of cutting a random jti, so that
// whether two tokens collide does not depend on chance.
func keepEightBits(*gateway.Site) func(*gateway.Process) {
	numbers := &fault.Numbering{}
	return func(p *gateway.Process) {
		key := p.Key
		p.Key = func(c *gateway.Call) string { return strategy.Digest("bits", strconv.Itoa(numbers.Of(key(c))%256)) }
	}
}
