// Package workload says what a simulation is of: users, tokens, thieves,
// regions, stores, what happens on the way, and the strategies to compare. It
// reads a workload from YAML and says of each bad key the file, the line and
// what is wrong.
package workload

import "time"

// Workload is one simulation. The keys of its file are those in the tags.
type Workload struct {
	Name  string `key:"name"`
	About string `key:"about"`
	Seed  uint64 `key:"seed"`
	// Replications of each strategy, each with random numbers of its own.
	Replications int `key:"replications"`
	// Sample simulates one in so many users, and scales what is counted. Users are
	// independent, so exposures keep their distribution.
	Sample float64 `key:"sample"`
	// Start is the time of day at which the run begins, Span how long it is.
	Start time.Duration `key:"start"`
	Span  time.Duration `key:"span"`
	// Window is the longest exposure that is declared to be tolerable.
	Window time.Duration `key:"window"`

	Users      Users      `key:"users"`
	Tokens     Tokens     `key:"tokens"`
	Thieves    Thieves    `key:"thieves"`
	Regions    Regions    `key:"regions"`
	Store      Store      `key:"store"`
	Events     []Event    `key:"events"`
	Strategies []Strategy `key:"strategies"`

	// File is where the workload was read from.
	File string
}

// Users are who logs in, calls and logs out.
type Users struct {
	Count float64 `key:"count"`
	// Logins is how often one logs in, a day.
	Logins float64 `key:"logins"`
	// Session is how long one stays, on average; the lengths are exponential.
	Session time.Duration `key:"session"`
	// Calls are those of one session, a minute.
	Calls float64 `key:"calls"`
	// Forget is the share of sessions that end without a logout.
	Forget float64 `key:"forget"`
	// Devices is how many sessions one user can have at once.
	Devices int `key:"devices"`
	// Day weighs the logins of each hour of the day; none if they come evenly.
	Day []float64 `key:"day"`
}

// Tokens are what a login grants.
type Tokens struct {
	Lifetime time.Duration `key:"lifetime"`
	Leeway   time.Duration `key:"leeway"`
	// Renew says when a session gets a new token: at the "expiry" of the old one, by
	// a timer of the client, or at the first "call" after it.
	Renew string `key:"renew"`
}

// Thieves copy tokens and replay them after the logout.
type Thieves struct {
	// Share of the tokens that are logged out are stolen, whatever their age.
	Share float64 `key:"share"`
	// PerHour is the chance of being stolen in each hour of a token's life, in
	// place of Share: old tokens are then likelier to be.
	PerHour float64 `key:"per_hour"`
	// Every is the mean time between replays; they are a Poisson process.
	Every time.Duration `key:"every"`
	// After is when a thief begins, after the logout.
	After Law `key:"after"`
	// From is where: at "random" one of the regions, in the user's "home", in an
	// "other", or in "all" of them, in turn.
	From string `key:"from"`
}

// Regions are the gateways, and the network between them.
type Regions struct {
	Count int `key:"count"`
	// Delay is how long what one region stores takes to reach another.
	Delay Law `key:"delay"`
	// Loss is the share of what never arrives.
	Loss float64 `key:"loss"`
	// Roam is the share of a user's calls that go to another region.
	Roam float64 `key:"roam"`
}

// Store is what revocations are kept in.
type Store struct {
	Latency Law           `key:"latency"`
	Timeout time.Duration `key:"timeout"`
	// Posture is what a gateway does when the store cannot be asked: "closed" or
	// "open".
	Posture string `key:"posture"`
	// Entries is the most that the store holds before it drops the oldest; 0 for no
	// bound. It is of the whole population.
	Entries float64 `key:"entries"`
}

// Event happens at a set time. One of its parts is set.
type Event struct {
	At time.Duration `key:"at"` // since the start
	// Outage is how long the store cannot be reached.
	Outage time.Duration `key:"outage"`
	// Revoke ends so many of the live tokens at once, of the whole population.
	Revoke float64 `key:"revoke"`
	// Restart is the region, from 1, whose gateway loses its memory.
	Restart int `key:"restart"`
	// Forget has the store lose all that it holds.
	Forget bool `key:"forget"`
	// FailOver has the store lose what was written in the time before.
	FailOver time.Duration `key:"fail_over"`
}

// Strategy is one to simulate, with its settings.
type Strategy struct {
	Name  string `key:"name"`
	Label string `key:"label"` // the name by default
	// Lifetime of its tokens, if it is not the workload's.
	Lifetime time.Duration `key:"lifetime"`
	// Posture, if it is not the workload's.
	Posture string `key:"posture"`

	// What a counter of API Management has.
	Period    time.Duration `key:"period"`    // renewal-period
	Calls     int           `key:"calls"`     // the limit
	Increment int           `key:"increment"` // of a logout
	Tier      string        `key:"tier"`      // "classic" or "v2"
	Threshold string        `key:"threshold"` // "ge" or "gt"
	// Sync is how long a region takes to hear of another's counts; 0 if it never does.
	Sync time.Duration `key:"sync"`
}
