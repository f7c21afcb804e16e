package scenarios

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/report"
)

// Scenario is one requirement, scripted.
type Scenario struct {
	// ID is stable: group, slash, name.
	ID    string
	Title string
	Level report.Level
	// MustIf makes the scenario a must for a target that declares this
	// capability. Empty: the level is the same for all.
	MustIf Capability
	// Requirement is one sentence that a target must, should or may meet.
	Requirement string
	// Refs name the documents that the requirement comes from.
	Refs []string
	// Needs are the capabilities without which the scenario does not run. A
	// scenario without needs is core.
	Needs []Capability
	// Profile is the smallest profile that the scenario belongs to.
	Profile Profile
	// Fix says what usually causes a failure and how to mend it.
	Fix string
	// Alone: on a target that scenarios share, no other runs at the same time.
	Alone bool
	// Last: on a target that scenarios share, it is played after all others, since
	// what it samples depends on how much was logged out before.
	Last bool
	// AllUsers: it is lent all users that the target declares, and not only those
	// that its needs say.
	AllUsers bool
	// PerAlgorithm: runs once for each algorithm that the target can sign with.
	PerAlgorithm bool
	// Uncontrolled says why the scenario needs no live control after a
	// refusal. Empty for all but a few.
	Uncontrolled string
	// Source is the file of a script.
	Source string
	// Run plays the scenario. It returns normally when the requirement holds
	// and stops through the methods of Play when it does not.
	Run func(*Play)
}

// Group is the part of the ID before the slash.
func (s Scenario) Group() string {
	group, _, _ := strings.Cut(s.ID, "/")
	return group
}

// Core reports whether the scenario needs only login, call and logout.
func (s Scenario) Core() bool { return len(s.Needs) == 0 }

// suiting puts the route first, on which scenarios call, that shows what the
// scenario needs to see.
func suiting(c Contract, s Scenario) Contract {
	i := slices.IndexFunc(c.Routes, func(r Route) bool { return r.Identity != "" })
	if i > 0 && slices.Contains(s.Needs, Identity) {
		c.Routes = slices.Concat(c.Routes[i:i+1], c.Routes[:i], c.Routes[i+1:])
	}
	return c
}

// Profile is a named claim.
type Profile string

// The profiles.
const (
	Wire Profile = "wire" // all that can be seen over HTTP
	Full Profile = "full" // with restarts, store faults and a movable clock as well
	// Smoke is what Wire can decide without long waits.
	Smoke Profile = "smoke"
	// Canary is one session of one user: whether the check runs at all.
	Canary Profile = "canary"
)

// Profiles lists the profiles with what each claims.
func Profiles() map[Profile]string {
	return map[Profile]string{
		Wire:   "all that can be seen over HTTP (the default)",
		Full:   "wire, and restarts, store faults and a movable clock",
		Smoke:  fmt.Sprintf("what wire can decide where no scenario waits for more than %s; no proof that tokens stay dead", smokeWait),
		Canary: "one session of the first user, in a handful of calls: does the check run, on every route and endpoint?",
	}
}

// covers reports whether a scenario belongs to the profile; what is of Canary is of no
// other, since they look closer.
func (p Profile) covers(s Scenario) bool {
	if p == Canary || s.Profile == Canary {
		return p == s.Profile
	}
	return p == Full || s.Profile != Full
}

// Widest is the largest profile that plays the scenario.
func (s Scenario) Widest() Profile {
	if s.Profile == Canary {
		return Canary
	}
	return Full
}

// smokeWait bounds the waiting of one scenario of Smoke; together they take less
// than 15 s at a target nearby.
const smokeWait = 4 * time.Second

// DefaultMaxWait is how long one scenario waits at most, unless a run says
// otherwise: long enough to watch a token past a window of a minute.
func (p Profile) DefaultMaxWait() time.Duration {
	if p == Smoke {
		return smokeWait
	}
	return DefaultMaxWait
}

// of is what a profile uses of a contract: Canary one user alone.
func (p Profile) of(c Contract) Contract {
	if p == Canary {
		c.Users = c.Users[:1]
	}
	return c
}

// unproven names what the profile gives no proof of; empty for none.
func (p Profile) unproven() string {
	switch p {
	case Smoke:
		return "retention"
	case Canary:
		return "more than that the check runs"
	}
	return ""
}

// leaves reports whether the profile leaves out a scenario that it covers,
// because of how long that waits by its own nature at such a target. What a
// target is slow at, such as a leak window, is no reason: without that smoke
// would prove nothing.
func (p Profile) leaves(s Scenario, target Target, limit time.Duration) bool {
	c, powers := target.Contract().WithDefaults(), target.Powers()
	if p != Smoke || slices.ContainsFunc(s.Needs, func(n Capability) bool { return !declares(c, powers, n) }) {
		return false
	}
	c.LeakWindow, c.Logout.CutOff = 0, 0
	if c.Limits.MaxWait > 0 {
		limit = min(limit, c.Limits.MaxWait)
	}
	play := newPlanPlay(s, c, &powers)
	play.maxWait = limit * 3 / 4 // a plan has no delays
	st, _ := catch(func() { s.Run(play) })
	return st.tooLong > 0
}

func (s Scenario) record() report.Record {
	needs := make([]string, len(s.Needs))
	for i, n := range s.Needs {
		needs[i] = string(n)
	}
	return report.Record{
		ID: s.ID, Title: s.Title, Level: s.Level, Core: s.Core(), Requirement: s.Requirement,
		Refs: s.Refs, Needs: needs, Source: s.Source,
	}
}
