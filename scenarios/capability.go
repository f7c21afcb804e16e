package scenarios

import (
	"maps"
	"slices"

	"github.com/revocheck/revocheck/report"
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

// Capabilities lists every capability, sorted.
func Capabilities() []Capability { return slices.Sorted(maps.Keys(capabilities)) }

// Text says in words how a target comes to have the capability.
func (c Capability) Text() string { return capabilities[c].text }

// declares reports whether the contract and the powers over one instance of
// the target give the capability.
func declares(c Contract, p Powers, want Capability) bool { return want.declaredBy(c) || p.give(want) }

func (c Capability) declaredBy(by Contract) bool {
	declared := capabilities[c].declared
	return declared != nil && declared(by)
}

func (p Powers) give(want Capability) bool {
	given := capabilities[want].given
	return given != nil && given(p)
}

// levelFor is the scenario's level for a target: what the target claims, it
// must keep.
func (s Scenario) levelFor(c Contract) report.Level {
	if s.MustIf.declaredBy(c) {
		return report.Must
	}
	return s.Level
}
