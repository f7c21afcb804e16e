package scenarios

import (
	"maps"
	"slices"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/contract"
)

// Capability is something that a scenario may need of a target beyond login,
// call and logout.
type Capability string

// The capabilities. The first group shows in the contract, the second needs
// a power over the target.
const (
	TwoUsers      Capability = "two-users"       // a second user can log in
	TwoRoutes     Capability = "two-routes"      // a second protected route
	Lifetime      Capability = "lifetime"        // a lifetime can be asked for
	Expiry        Capability = "expiry"          // a token's exp can be waited for
	IssueTime     Capability = "iat"             // tokens say when they were issued
	Audience      Capability = "aud"             // tokens say whom they are for
	Issuer        Capability = "iss"             // tokens say who issued them
	SignedOutside Capability = "signed-outside"  // tokens that its key signed elsewhere are like its own
	ECDSA         Capability = "algorithm-es256" // tokens have a signature of ECDSA
	EdDSA         Capability = "algorithm-eddsa" // tokens have a signature of Ed25519
	BearerHeader  Capability = "bearer-header"   // tokens travel in Authorization, after Bearer
	Spellings     Capability = "spellings"       // tokens can be spelled so, and the carrier takes it
	OpenRoute     Capability = "open-route"      // a route that answers everyone
	Identity      Capability = "identity"        // answers name the caller
	Replicas      Capability = "replicas"        // a second endpoint
	Hits          Capability = "hits"            // backend hits are visible
	Backend       Capability = "direct-backend"  // the backend can be called around the gateway
	Leeway        Capability = "leeway"          // tokens are accepted for some time after exp
	ScopeOne      Capability = "scope-token"     // a logout ends one token only
	ScopeAll      Capability = "scope-user"      // a logout ends all of a user's tokens
	Introspection Capability = "introspection"   // the target tells what has become of a token (RFC 7662)
	Stream        Capability = "stream"          // a route whose answer goes on

	Refresh         Capability = "refresh"                 // a new token can be had without a login
	RefreshEnds     Capability = "refresh-ends-by-logout"  // until a logout
	RefreshReuse    Capability = "refresh-reuse"           // it is said what a used refresh token does
	LogoutByRefresh Capability = "logout-by-refresh-token" // a logout names what the login's answer has
	RevokeAll       Capability = "revoke-all"              // a request ends every session of a user

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

// capability is what is known of one.
type capability struct {
	text string // how a target comes to have it
	// declared: the contract has it; nil if it shows in no contract.
	declared func(Contract) bool
	// given: a power over the target gives it; nil if none does.
	given func(Powers) bool
	// plan makes the contract of a plan have it; nil where that has it, or where
	// it takes a power, of which a plan has all.
	plan func(*Contract)
}

// untilShown is said of what no target file declares: a token shows it.
const untilShown = "every target is taken to have them until its tokens show that it has not"

func always(Contract) bool { return true }

// capabilities are all of them.
var capabilities = map[Capability]capability{
	TwoUsers: {
		text:     "a second user",
		declared: func(c Contract) bool { return len(c.Users) > 1 },
		plan: func(c *Contract) {
			for _, name := range roles[1:] {
				c.Users = append(c.Users, User{Name: name, Password: "planned"})
			}
		},
	},
	TwoRoutes: {
		text:     "a second protected route",
		declared: func(c Contract) bool { return len(c.Routes) > 1 },
		plan:     func(c *Contract) { c.Routes = append(c.Routes, Route{Path: "/second", Identity: "$.sub"}) },
	},
	Lifetime: {
		text:     "login.lifetime_field: a lifetime that can be asked for",
		declared: func(c Contract) bool { return c.Login.LifetimeField != "" },
	},
	Expiry: {
		text:     "login.lifetime_field, or a clock that can be moved: a token's exp can be waited for",
		declared: func(c Contract) bool { return c.Login.LifetimeField != "" },
		given:    func(p Powers) bool { return p.Advance != nil && p.Now != nil },
	},
	IssueTime:     {text: "tokens with iat; " + untilShown, declared: always},
	Audience:      {text: "tokens with aud; " + untilShown, declared: always},
	Issuer:        {text: "tokens with iss; " + untilShown, declared: always},
	SignedOutside: {text: "tokens that were signed with the issuer's key elsewhere are taken and can be logged out; every target is taken to do so until it shows that it does not", declared: always},
	ECDSA:         {text: "tokens signed with ES256, ES384 or ES512; " + untilShown, declared: always},
	EdDSA:         {text: "tokens signed with EdDSA; " + untilShown, declared: always},
	BearerHeader: {
		text:     "carrier: the header Authorization with the scheme Bearer",
		declared: func(c Contract) bool { return c.Carrier.Bearer() },
	},
	Spellings: {text: "tokens that can be spelled in such a way, and a carrier that takes that; " + untilShown, declared: always},
	OpenRoute: {
		text:     "open_routes",
		declared: func(c Contract) bool { return len(c.OpenRoutes) > 0 },
		plan:     func(c *Contract) { c.OpenRoutes = []Route{{Path: "/open"}} },
	},
	Identity: {
		text: "the identity path of a route",
		declared: func(c Contract) bool {
			return slices.ContainsFunc(c.Routes, func(r Route) bool { return r.Identity != "" })
		},
	},
	Replicas: {
		text:     "a second endpoint",
		declared: func(c Contract) bool { return len(c.Endpoints) > 1 },
		plan:     func(c *Contract) { c.Endpoints = append(c.Endpoints, "http://replica-2.invalid") },
	},
	Hits: {
		text:     "hits: a counter of what reached the backend",
		declared: func(c Contract) bool { return c.Hits != nil },
		plan:     func(c *Contract) { c.Hits = &HitCounter{URL: "/hits"} },
	},
	Backend: {
		text:     "backend: a URL of the backend itself",
		declared: func(c Contract) bool { return c.Backend != "" },
		plan:     func(c *Contract) { c.Backend = "http://backend.invalid" },
	},
	Leeway:   {text: "leeway: tokens that are accepted for some time after exp", declared: func(c Contract) bool { return c.Leeway > 0 }},
	ScopeOne: {text: "logout.scope: token", declared: func(c Contract) bool { return c.Logout.Scope != ScopeUser }},
	ScopeAll: {
		text:     "logout.scope: user",
		declared: func(c Contract) bool { return c.Logout.Scope == ScopeUser },
		plan:     func(c *Contract) { c.Logout.Scope = ScopeUser },
	},
	Refresh: {
		text:     "refresh: a new token without a login",
		declared: func(c Contract) bool { return c.Refresh != nil },
		plan:     planRefresh,
	},
	RefreshEnds: {
		text:     "refresh without survives_logout: a logout ends the refresh token too",
		declared: func(c Contract) bool { return c.Refresh != nil && !c.Refresh.SurvivesLogout },
		plan:     planRefresh,
	},
	RefreshReuse: {
		text:     "refresh.reuse: what a used refresh token does",
		declared: func(c Contract) bool { return c.Refresh != nil && c.Refresh.Reuse != "" },
		plan: func(c *Contract) {
			planRefresh(c)
			c.Refresh.Rotates, c.Refresh.Reuse = true, contract.ReuseRefused
		},
	},
	LogoutByRefresh: {
		text:     "logout.fields with a JSON path into the login's answer",
		declared: Contract.NamesLogin,
		plan:     func(c *Contract) { c.Logout.Fields = map[string]string{"token": "$.refresh_token"} },
	},
	RevokeAll: {
		text:     "revoke_all: a request that ends every session of a user",
		declared: func(c Contract) bool { return c.RevokeAll != nil },
		plan: func(c *Contract) {
			c.RevokeAll = &contract.RevokeAll{Action: contract.Action{Path: "/revoke-all"}, Undo: &contract.Action{Path: "/undo"}}
		},
	},
	Introspection: {
		text:     "introspect: an introspection endpoint (RFC 7662)",
		declared: func(c Contract) bool { return c.Introspect != nil },
		plan:     func(c *Contract) { c.Introspect = &Introspect{Path: "/introspect"} },
	},
	Stream: {
		text:     "stream: true of a route whose answer goes on",
		declared: func(c Contract) bool { return len(c.Streams) > 0 },
		plan:     func(c *Contract) { c.Routes = append(c.Routes, Route{Path: "/events", Stream: true}) },
	},
	PostureClosed: {text: "posture: closed", declared: func(c Contract) bool { return c.Posture != Opened }},
	PostureOpen: {
		text:     "posture: open",
		declared: func(c Contract) bool { return c.Posture == Opened },
		plan:     func(c *Contract) { c.Posture = Opened },
	},
	SurvivesRestart: {
		text:     "survives: restart",
		declared: func(c Contract) bool { return c.Outlives(RestartEvent) },
		plan:     func(c *Contract) { c.Survives = append(c.Survives, RestartEvent) },
	},
	SurvivesFailover: {
		text:     "survives: failover",
		declared: func(c Contract) bool { return c.Outlives(FailoverEvent) },
		plan:     func(c *Contract) { c.Survives = append(c.Survives, FailoverEvent) },
	},
	SurvivesEviction: {
		text:     "survives: eviction",
		declared: func(c Contract) bool { return c.Outlives(EvictionEvent) },
		plan:     func(c *Contract) { c.Survives = append(c.Survives, EvictionEvent) },
	},
	VolatileStore: {
		text:     "a store that is said to survive no restart (survives: without restart)",
		declared: func(c Contract) bool { return !c.Outlives(RestartEvent) },
	},
	MovableClock: {
		text:  "a clock that can be moved (in process only)",
		given: func(p Powers) bool { return p.Advance != nil && p.Now != nil },
	},
	Mint: {
		text:  "signing: the issuer's key, to sign tokens that no login grants",
		given: func(p Powers) bool { return p.Mint != nil },
	},
	NewReplica: {
		text:  "a replica can be added (in process only)",
		given: func(p Powers) bool { return p.AddReplica != nil },
	},
	Restart: {
		text:  "a replica can be restarted (in process only)",
		given: func(p Powers) bool { return p.Restart != nil },
	},
	StoreFaults: {
		text:  "the store can be taken away (in process only)",
		given: func(p Powers) bool { return p.BreakStore != nil && p.MendStore != nil },
	},
	StoreSlow: {
		text:  "the store can be slowed (in process only)",
		given: func(p Powers) bool { return p.SlowStore != nil && p.MendStore != nil },
	},
	StoreReset: {
		text:  "connections to the store can be reset (in process only)",
		given: func(p Powers) bool { return p.ResetStore != nil && p.MendStore != nil },
	},
	StorePartition: {
		text:  "a replica can be cut off from the store (in process only)",
		given: func(p Powers) bool { return p.PartitionStore != nil && p.MendStore != nil },
	},
	StoreFill: {
		text:  "the store's memory can be used up (in process only)",
		given: func(p Powers) bool { return p.FillStore != nil && p.MendStore != nil },
	},
	StoreRestart: {
		text:  "the store can be restarted (in process only)",
		given: func(p Powers) bool { return p.RestartStore != nil },
	},
	StoreFailover: {
		text:  "the store has a stand-in that can take over (in process only)",
		given: func(p Powers) bool { return p.FailOverStore != nil },
	},
	StoreSize: {
		text:  "the size of the store can be read (in process only)",
		given: func(p Powers) bool { return p.StoreSize != nil },
	},
	Logs: {
		text:  "the gateway's log can be read (in process only)",
		given: func(p Powers) bool { return p.Logs != nil },
	},
	PublicKey: {
		text:  "signing.key_file: the issuer's key, which has a public half",
		given: func(p Powers) bool { return p.PublicKeyPEM != nil },
	},
}

func planRefresh(c *Contract) { c.Refresh = &contract.Refresh{Path: "/refresh"} }

// Standing is what a target declares of one capability.
type Standing struct {
	Capability Capability
	Declared   bool
	// Scenarios counts those of the profile that need it.
	Scenarios int
}

// Standings tells, for each capability, whether the target declares it and
// how many scenarios need it; and how many of the profile's scenarios would
// run, out of how many.
func Standings(target Target, all []Scenario, profile Profile) (list []Standing, run, of int) {
	declared, powers := target.Contract().WithDefaults().WithoutSpared(), target.Powers()
	needed := map[Capability]int{}
	for _, s := range all {
		if !profile.covers(s) {
			continue
		}
		of++
		missing := false
		for _, need := range s.Needs {
			needed[need]++
			missing = missing || !declares(declared, powers, need)
		}
		if !missing && !profile.leaves(s, target, profile.DefaultMaxWait()) {
			run++
		}
	}
	for _, c := range Capabilities() {
		list = append(list, Standing{c, declares(declared, powers, c), needed[c]})
	}
	return list, run, of
}
