package workload

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Where thieves replay, when tokens are renewed, what a gateway does without
// its store.
const (
	Random = "random"
	Home   = "home"
	Other  = "other"
	All    = "all"

	AtExpiry = "expiry"
	AtCall   = "call"

	Closed = "closed"
	Open   = "open"
)

// Default is what a workload is before its file is read.
func Default() *Workload {
	return &Workload{
		Name: "workload", Seed: 1, Replications: 10, Sample: 1, Span: 24 * time.Hour,
		Users:   Users{Count: 1000, Logins: 3, Session: 30 * time.Minute, Calls: 2, Devices: 1},
		Tokens:  Tokens{Lifetime: time.Hour, Renew: AtExpiry},
		Thieves: Thieves{Every: 30 * time.Second, From: Random},
		Regions: Regions{Count: 1},
		Store:   Store{Timeout: time.Second, Posture: Closed},
	}
}

// rule is one thing that must hold of a key.
type rule struct {
	key  string
	ok   bool
	what string
}

// Problems are what is wrong with a workload, key by key.
func (w *Workload) Problems() []Problem {
	rules := slices.Concat(w.ofRun(), w.ofPeople(), w.ofPlaces())
	for i, e := range w.Events {
		rules = append(rules, e.rules(fmt.Sprintf("events[%d]", i), w)...)
	}
	labels := map[string]bool{}
	for i, s := range w.Strategies {
		key := fmt.Sprintf("strategies[%d]", i)
		rules = append(rules, s.rules(key)...)
		rules = append(rules, rule{key, !labels[s.Title()], fmt.Sprintf("two strategies are called %q; give one a label", s.Title())})
		labels[s.Title()] = true
	}
	var all []Problem
	for _, r := range rules {
		if !r.ok {
			all = append(all, Problem{File: w.File, Key: r.key, Why: r.what})
		}
	}
	return all
}

func between64(key string, v, low, high float64) rule {
	return rule{key, low <= v && v <= high, fmt.Sprintf("%g is not between %g and %g", v, low, high)}
}

func within(key string, v, low, high time.Duration) rule {
	return rule{key, low <= v && v <= high, fmt.Sprintf("%s is not between %s and %s", v, low, high)}
}

func among(key, v string, known ...string) rule {
	return rule{key, slices.Contains(known, v), fmt.Sprintf("%q is not one of %s", v, strings.Join(known, ", "))}
}

const day = 24 * time.Hour

func (w *Workload) ofRun() []rule {
	return []rule{
		between64("replications", float64(w.Replications), 1, 1000),
		between64("sample", w.Sample, 1, 1e9),
		within("start", w.Start, 0, day),
		within("span", w.Span, time.Minute, 400*day),
		within("window", w.Window, 0, 400*day),
		{"name", len(w.Name) > 0 && len(w.Name) <= 100, "a name of at most 100 letters is needed"},
	}
}

func (w *Workload) ofPeople() []rule {
	weight := 0.0
	for _, x := range w.Users.Day {
		weight += max(x, 0)
	}
	return []rule{
		between64("users.count", w.Users.Count, 1, 1e10),
		{"users.count", w.Users.Count/max(w.Sample, 1) <= 5e7, fmt.Sprintf("%g users would be simulated, more than 50 million: simulate one in so many with sample: %g",
			w.Users.Count/max(w.Sample, 1), max(w.Users.Count/1e6, 1))},
		between64("users.logins", w.Users.Logins, 0.001, 10000),
		{"users.logins", w.busy() < 0.99, fmt.Sprintf("%g logins a day of %s each are more than fit into the hours of the day", w.Users.Logins, w.Users.Session)},
		within("users.session", w.Users.Session, time.Second, 400*day),
		between64("users.calls", w.Users.Calls, 0, 60000),
		between64("users.forget", w.Users.Forget, 0, 1),
		between64("users.devices", float64(w.Users.Devices), 1, 1000),
		{"users.day", len(w.Users.Day) == 0 || len(w.Users.Day) == 24 && weight > 0 && slices.Min(w.Users.Day) >= 0 && slices.Max(w.Users.Day) <= 1e6,
			"24 weights that are not negative are needed, one for each hour"},
		within("tokens.lifetime", w.Tokens.Lifetime, time.Second, 400*day),
		{"tokens.lifetime", w.Tokens.Lifetime%time.Second == 0, "whole seconds are needed: exp counts seconds"},
		within("tokens.leeway", w.Tokens.Leeway, 0, time.Hour),
		among("tokens.renew", w.Tokens.Renew, AtExpiry, AtCall),
		between64("thieves.share", w.Thieves.Share, 0, 1),
		between64("thieves.per_hour", w.Thieves.PerHour, 0, 1e6),
		{"thieves.per_hour", w.Thieves.PerHour == 0 || w.Thieves.Share == 0, "give share or per_hour: a token is stolen by one law"},
		within("thieves.every", w.Thieves.Every, 10*time.Millisecond, 400*day),
		among("thieves.from", w.Thieves.From, Random, Home, Other, All),
	}
}

func (w *Workload) ofPlaces() []rule {
	return []rule{
		between64("regions.count", float64(w.Regions.Count), 1, 100),
		between64("regions.loss", w.Regions.Loss, 0, 1),
		between64("regions.roam", w.Regions.Roam, 0, 1),
		within("store.timeout", w.Store.Timeout, time.Millisecond, time.Minute),
		among("store.posture", w.Store.Posture, Closed, Open),
		between64("store.entries", w.Store.Entries, 0, 1e10),
	}
}

func (e Event) rules(key string, w *Workload) []rule {
	kinds := 0
	for _, set := range []bool{e.Outage > 0, e.Revoke > 0, e.Restart != 0, e.Forget, e.FailOver > 0} {
		if set {
			kinds++
		}
	}
	return []rule{
		{key, kinds == 1, "one of outage, revoke, restart, forget and fail_over is needed"},
		within(key+".at", e.At, 0, w.Span),
		within(key+".outage", e.Outage, 0, w.Span),
		between64(key+".revoke", e.Revoke, 0, w.Users.Count*float64(w.Users.Devices)),
		between64(key+".restart", float64(e.Restart), 0, float64(w.Regions.Count)),
		within(key+".fail_over", e.FailOver, 0, time.Hour),
	}
}

func (s Strategy) rules(key string) []rule {
	rules := []rule{
		{key + ".name", s.Name != "", "a name is needed"},
		within(key+".lifetime", s.Lifetime, 0, 400*day),
		{key + ".lifetime", s.Lifetime%time.Second == 0, "whole seconds are needed: exp counts seconds"},
		within(key+".period", s.Period, 0, 300*time.Second),
		between64(key+".calls", float64(s.Calls), 0, 1e6),
		between64(key+".increment", float64(s.Increment), 0, 1e6),
		within(key+".sync", s.Sync, 0, day),
		among(key+".posture", s.Posture, "", Closed, Open),
		among(key+".tier", s.Tier, "", "classic", "v2"),
		among(key+".threshold", s.Threshold, "", "ge", "gt"),
	}
	return rules
}

// Title is the strategy's label.
func (s Strategy) Title() string {
	if s.Label != "" {
		return s.Label
	}
	return s.Name
}

// busy is how much of the hours in which users log in at all they would be logged
// in.
func (w *Workload) busy() float64 {
	hours := 24
	for _, weight := range w.Users.Day {
		if weight <= 0 {
			hours--
		}
	}
	return w.Users.Logins / float64(max(w.Users.Devices, 1)) * w.Users.Session.Hours() / float64(max(hours, 1))
}
