// Package scenarios is the suite's engine: what a target is and declares, what
// a scenario is, the verbs that scenarios are made of, and the runner that
// turns them into verdicts.
//
// A Scenario is a script, a text file that package script reads, or a Go function
// of a Play. Both use the same verbs. Each scenario is first played in a plan,
// where nothing is sent and every answer is the one that is wanted: a script
// whose refusals lack an acceptance before and a live control after does not
// load.
//
// This package is public and stable, and so are conformance, target/handler and
// report; the others may change. What a target declares and what is sent have
// their types here under the names that stay, wherever they are defined.
package scenarios

import (
	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// What a target declares of itself. The types are those of the target file.
type (
	// Contract is what a target says of itself.
	Contract = contract.Contract
	// TLS says how the target proves who it is.
	TLS = contract.TLS
	// User can log in to the target.
	User = contract.User
	// Login says how a token is obtained.
	Login = contract.Login
	// OAuth is a token endpoint (RFC 6749 section 3.2).
	OAuth = contract.OAuth
	// Logout says how a token is ended.
	Logout = contract.Logout
	// RefreshWay is how a new token is had without a new login.
	RefreshWay = contract.Refresh
	// RevokeAllWay is a request that ends every session of a user.
	RevokeAllWay = contract.RevokeAll
	// Action is a request that does something to the sessions of a user.
	Action = contract.Action
	// Scope is what a logout ends.
	Scope = contract.Scope
	// Introspect says where the target tells what has become of a token.
	Introspect = contract.Introspect
	// Route is one operation of the target.
	Route = contract.Route
	// Carrier says where a token travels.
	Carrier = contract.Carrier
	// Refusal says how the target refuses a token.
	Refusal = contract.Refusal
	// Statuses is a set of HTTP status codes.
	Statuses = contract.Statuses
	// HitCounter is a URL that tells how many calls reached the backend.
	HitCounter = contract.HitCounter
	// Signing lets the suite sign tokens as the target's issuer would.
	Signing = contract.Signing
	// Limits bound what the suite does to a target.
	Limits = contract.Limits
	// Event is something that a target may claim its logouts survive.
	Event = contract.Event
)

// The scopes of a logout.
const (
	ScopeToken = contract.ScopeToken // the token that was sent
	ScopeUser  = contract.ScopeUser  // every session of the token's user
)

// The postures of a target while its store cannot be asked.
const (
	Closed = contract.Closed // it serves no call
	Opened = contract.Opened // it serves every call
)

// The events that a target may claim to survive.
const (
	RestartEvent  = contract.RestartEvent  // the store crashes and starts again
	FailoverEvent = contract.FailoverEvent // its stand-in takes over
	EvictionEvent = contract.EvictionEvent // its memory is used up
)

// What is sent, and what comes back.
type (
	// Request is what a scenario sends.
	Request = wire.Request
	// Answer is what came back for a request.
	Answer = wire.Answer
	// Via is a connection to send a request over.
	Via = wire.Via
	// Outcome is what an answer says of the token that was sent.
	Outcome = wire.Outcome
	// Planned is a request that a scenario would send, or something else that it
	// would do, such as a wait.
	Planned = wire.Planned
	// Asked is who a planned request goes to.
	Asked = wire.Asked
)

// The connections.
const (
	SameConnection   = wire.SameConnection   // the scenario's own, kept alive
	SecondConnection = wire.SecondConnection // another one, kept alive
	NewConnection    = wire.NewConnection    // one for this request alone
	HTTP2            = wire.HTTP2            // HTTP/2, over TLS or cleartext
	HTTP10           = wire.HTTP10           // HTTP/1.0, on a connection for this request alone
)

// Vias lists the connections by name.
func Vias() []Via { return wire.Vias() }

// Who is asked. The zero value is nobody: nothing is sent.
const (
	Nobody      = wire.Nobody
	Gateway     = wire.Gateway
	TokenSource = wire.TokenSource // a token endpoint or a command
)

// The outcomes. The zero value is an answer that has not been judged.
const (
	Unjudged     = wire.Unjudged
	Accepted     = wire.Accepted     // what a live token gets
	Refused      = wire.Refused      // a declared refusal
	Unavailable  = wire.Unavailable  // a declared outage of the store
	SomebodyElse = wire.SomebodyElse // accepted, for another identity
	Throttled    = wire.Throttled    // 429, or a quota's 403, that is no declared refusal
	ServerError  = wire.ServerError  // 5xx that is nothing declared
	NoAnswer     = wire.NoAnswer     // time-out, reset, refused connection
	Other        = wire.Other        // anything else, such as 404 or a redirect
	Unsubscribed = wire.Unsubscribed // about the subscription key: the token was not looked at
)
