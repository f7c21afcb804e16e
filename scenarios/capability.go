package scenarios

import (
	"maps"
	"slices"
)

// Capability is something that a scenario may need of a target beyond login,
// call and logout.
type Capability string

// The capabilities. The first group shows in the contract, the second needs
// a power over the target.
const (
	TwoUsers  Capability = "two-users"      // a second user can log in
	TwoRoutes Capability = "two-routes"     // a second protected route
	Lifetime  Capability = "lifetime"       // a lifetime can be asked for
	Expiry    Capability = "expiry"         // a token's exp can be waited for
	IssueTime Capability = "iat"            // tokens say when they were issued
	OpenRoute Capability = "open-route"     // a route that answers everyone
	Identity  Capability = "identity"       // answers name the caller
	Replicas  Capability = "replicas"       // a second endpoint
	Hits      Capability = "hits"           // backend hits are visible
	Backend   Capability = "direct-backend" // the backend can be called around the gateway
	Leeway    Capability = "leeway"         // tokens are accepted for some time after exp
	ScopeOne  Capability = "scope-token"    // a logout ends one token only
	ScopeAll  Capability = "scope-user"     // a logout ends all of a user's tokens

	PostureClosed Capability = "posture-closed" // no call is served while the store is away
	PostureOpen   Capability = "posture-open"   // every call is served while the store is away
	// What acknowledged logouts survive; a volatile store is one that forgets
	// them when it is restarted.
	SurvivesRestart  Capability = "survives-restart"
	SurvivesFailover Capability = "survives-failover"
	SurvivesEviction Capability = "survives-eviction"
	VolatileStore    Capability = "volatile-store"

	MovableClock   Capability = "movable-clock"
	Mint           Capability = "mint" // tokens can be signed with the issuer's key
	NewReplica     Capability = "add-replica"
	Restart        Capability = "restart"
	StoreFaults    Capability = "store-faults"
	StoreSlow      Capability = "store-slow"
	StoreReset     Capability = "store-reset"
	StorePartition Capability = "store-partition"
	StoreFill      Capability = "store-fill"
	StoreRestart   Capability = "store-restart"
	StoreFailover  Capability = "store-failover"
	StoreSize      Capability = "store-size"
	Logs           Capability = "logs"
	PublicKey      Capability = "public-key"
)

var capabilityText = map[Capability]string{
	TwoUsers:         "a second user",
	TwoRoutes:        "a second protected route",
	Lifetime:         "login.lifetime_field: a lifetime that can be asked for",
	Expiry:           "login.lifetime_field, or a clock that can be moved: a token's exp can be waited for",
	IssueTime:        "tokens with iat; every target is taken to have it until one shows that it has not",
	OpenRoute:        "open_routes",
	Identity:         "the identity path of a route",
	Replicas:         "a second endpoint",
	Hits:             "hits: a counter of what reached the backend",
	Backend:          "backend: a URL of the backend itself",
	Leeway:           "leeway: tokens that are accepted for some time after exp",
	ScopeOne:         "logout.scope: token",
	ScopeAll:         "logout.scope: user",
	PostureClosed:    "posture: closed",
	PostureOpen:      "posture: open",
	SurvivesRestart:  "survives: restart",
	SurvivesFailover: "survives: failover",
	SurvivesEviction: "survives: eviction",
	VolatileStore:    "a store that is said to survive no restart (survives: without restart)",
	MovableClock:     "a clock that can be moved (in process only)",
	Mint:             "signing: the issuer's key, to sign tokens that no login grants",
	NewReplica:       "a replica can be added (in process only)",
	Restart:          "a replica can be restarted (in process only)",
	StoreFaults:      "the store can be taken away (in process only)",
	StoreSlow:        "the store can be slowed (in process only)",
	StoreReset:       "connections to the store can be reset (in process only)",
	StorePartition:   "a replica can be cut off from the store (in process only)",
	StoreFill:        "the store's memory can be used up (in process only)",
	StoreRestart:     "the store can be restarted (in process only)",
	StoreFailover:    "the store has a stand-in that can take over (in process only)",
	StoreSize:        "the size of the store can be read (in process only)",
	Logs:             "the gateway's log can be read (in process only)",
	PublicKey:        "signing.key_file: the issuer's key, which has a public half",
}

// Capabilities lists every capability, sorted.
func Capabilities() []Capability { return slices.Sorted(maps.Keys(capabilityText)) }

// Text says in words how a target comes to have the capability.
func (c Capability) Text() string { return capabilityText[c] }

func (c Capability) known() bool { return capabilityText[c] != "" }

// declares reports whether the contract and the powers over one instance of
// the target give the capability.
func declares(c Contract, p Powers, want Capability) bool {
	switch want {
	case TwoUsers:
		return len(c.Users) > 1
	case TwoRoutes:
		return len(c.Routes) > 1
	case Lifetime:
		return c.Login.LifetimeField != ""
	case Expiry:
		return c.Login.LifetimeField != "" || p.give(MovableClock)
	case IssueTime:
		return true
	case OpenRoute:
		return len(c.OpenRoutes) > 0
	case Identity:
		return slices.ContainsFunc(c.Routes, func(r Route) bool { return r.Identity != "" })
	case Replicas:
		return len(c.Endpoints) > 1
	case Hits:
		return c.Hits != nil
	case Backend:
		return c.Backend != ""
	case Leeway:
		return c.Leeway > 0
	case ScopeOne:
		return c.Logout.Scope != ScopeUser
	case ScopeAll:
		return c.Logout.Scope == ScopeUser
	}
	return claims(c, want) || p.give(want)
}
