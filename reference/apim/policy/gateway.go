package policy

import (
	"net/http"

	"github.com/revocheck/revocheck/reference/apim/cache"
	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/token"
)

// Tier is what kind of API Management service it is.
type Tier int

// The tiers, as far as policies tell them apart.
const (
	Classic     Tier = iota // Developer, Basic, Standard, Premium: sliding window
	V2                      // Basic v2, Standard v2, Premium v2: token bucket
	Consumption             // no rate-limit-by-key, no quota-by-key, no built-in cache
)

// EmptyKey says what a counter does whose counter-key comes to null or to an empty
// text. Owners report that null is an error ("The counter-key field is
// required", MicrosoftDocs/azure-docs#77160 and #101099); what an empty text is
// stands nowhere.
type EmptyKey int

// What an empty key is.
const (
	EmptyKeyShared EmptyKey = iota // one counter that all share who have none
	EmptyKeyError                  // an error in the expression: 500
)

// Gateway is what policies find on the gateway that they run on.
type Gateway struct {
	Region    int
	Tier      Tier
	Threshold counter.Threshold
	EmptyKey  EmptyKey
	// CountUnfinished runs postponed increments also for a request that ended
	// before the end of its outbound section.
	CountUnfinished bool
	Backend         http.Handler
	Counters        *counter.Counters
	Quotas          *counter.Quotas
	BuiltIn         cache.Cache // of the region
	External        cache.Cache // nil if there is none
	TokenHandler    token.Handler
	OpenID          *token.OpenID
}
