package apim

import (
	"net/http"
	"time"

	"github.com/revocheck/revocheck/reference/apim/cache"
	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/policy"
	"github.com/revocheck/revocheck/reference/apim/token"
)

// Clock tells the time.
type Clock interface{ Now() time.Time }

// Tier is what kind of API Management service it is.
type Tier = policy.Tier

// The tiers.
const (
	Classic     = policy.Classic
	V2          = policy.V2
	Consumption = policy.Consumption
)

// Threshold says when a policy refuses that postpones its increment, or counts
// nothing. Which of the two APIM does is not published.
type Threshold = counter.Threshold

// The thresholds.
const (
	AtLimit   = counter.AtLimit   // count >= calls
	OverLimit = counter.OverLimit // count > calls
)

// EmptyKey says what a counter does whose counter-key is null or empty.
type EmptyKey = policy.EmptyKey

// What an empty key is.
const (
	EmptyKeyShared = policy.EmptyKeyShared // a counter that all share who have none
	EmptyKeyError  = policy.EmptyKeyError  // an error: 500
)

// Sync says whether the gateways of a service tell each other what they count.
type Sync = counter.Sync

// Options are what a Service is built from. Only Backend and Operations are
// required.
type Options struct {
	Documents  map[Scope]Document
	Operations []Operation
	Backend    http.Handler

	Tier      Tier
	Threshold Threshold
	EmptyKey  EmptyKey
	// Regions is the number of gateways; 0 is one.
	Regions int
	Sync    Sync
	// TokenHandler is how validate-jwt reads the spellings of a token.
	TokenHandler token.Handler
	// CountUnfinished runs postponed increments also for a request that ended
	// before the end of its Outbound section, by an error or by
	// return-response. Whether APIM does so is not published.
	CountUnfinished bool

	// SubscriptionKey is demanded of every request, unless it is empty.
	SubscriptionKey string
	// NamedValues replace {{name}} in documents.
	NamedValues map[string]string
	// Fragments are what include-fragment names.
	Fragments map[string]Document

	// External is the external cache, shared by all gateways; nil is none.
	External cache.Cache
	// StoreDelay is how long a value that the built-in cache is given takes to
	// be found there. The documentation says that storing is asynchronous, not
	// how long it takes.
	StoreDelay time.Duration

	// OpenID fetches OpenID configurations and key sets; nil is a client with
	// a limit of ten seconds. See token.LocalKeys for keys in process.
	OpenID *http.Client
	// Clock is the system's if nil.
	Clock Clock
}

type systemClock struct{}

func (systemClock) Now() time.Time { return time.Now() }

func (o Options) withDefaults() Options {
	o.Regions = max(o.Regions, 1)
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	if o.OpenID == nil {
		o.OpenID = &http.Client{Timeout: 10 * time.Second}
	}
	return o
}

// facts are what documents are loaded with.
func (o Options) facts() policy.Facts {
	return policy.Facts{Tier: o.Tier, NamedValues: o.NamedValues, Fragments: o.Fragments, ExternalCache: o.External != nil}
}
