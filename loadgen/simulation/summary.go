package simulation

import (
	"fmt"
	"math"

	"github.com/revocheck/revocheck/loadgen/simulation/outcome"
	"github.com/revocheck/revocheck/loadgen/simulation/words"
	"github.com/revocheck/revocheck/loadgen/simulation/workload"
)

var ownCode = []string{
	"what a strategy records at a login, looks up at a call and writes at a logout, and for how long",
	"the stores in memory that it does so in, with their ends by the clock",
	"the counters of API Management's policies, in each region",
}

// modelled is what is a model, and what it assumes.
func modelled(w *workload.Workload) []string {
	list := []string{
		"users: exponential sessions and think times, logins by the hour of the day",
		"tokens: signature and exp are taken as checked; a session renews its token at its " + w.Tokens.Renew,
		"thieves: replays are a Poisson process until the token expires",
		"calls and logouts take no time; what takes longer than the store's time-out fails",
		"the oldest entries go first where a store is full",
	}
	if w.Regions.Count > 1 {
		list = append(list, "regions: an entry reaches each other region on its own; a new session is known everywhere at once")
	}
	if w.Sample > 1 {
		n := w.Users.Count / w.Sample
		list = append(list, fmt.Sprintf("one in %g users, which widens the intervals of counts by %.2g %% (one in the square root of %.0f)", w.Sample, 100/math.Sqrt(n), n))
	}
	return list
}

// summary is the workload in words.
func summary(w *workload.Workload) outcome.Workload {
	s := outcome.Workload{
		Name: w.Name, About: w.About, File: w.File, Users: w.Users.Count, Sample: w.Sample, Regions: w.Regions.Count,
		Span: w.Span.Seconds(), Start: w.Start.Seconds(), Lifetime: w.Tokens.Lifetime.Seconds(), Leeway: w.Tokens.Leeway.Seconds(),
		Theft: theft(w), Window: w.Window.Seconds(),
		Rows: []outcome.Row{
			{Name: "logins", Text: fmt.Sprintf("%g a day for each user", w.Users.Logins)},
			{Name: "session", Text: fmt.Sprintf("%s on average, %g calls a minute, %g %% without a logout", words.Seconds(w.Users.Session.Seconds()), w.Users.Calls, 100*w.Users.Forget)},
			{Name: "tokens", Text: fmt.Sprintf("%s, leeway %s", words.Seconds(w.Tokens.Lifetime.Seconds()), words.Seconds(w.Tokens.Leeway.Seconds()))},
			{Name: "regions", Text: regions(w)},
		},
	}
	for _, e := range w.Events {
		s.Events = append(s.Events, happening(w, e))
	}
	return s
}

func theft(w *workload.Workload) string {
	where := map[string]string{
		workload.Random: "in a random region", workload.Home: "in the user's region", workload.Other: "in another region", workload.All: "in all regions in turn",
	}[w.Thieves.From]
	law := fmt.Sprintf("%g %% of the tokens that are logged out, whatever their age", 100*w.Thieves.Share)
	if w.Thieves.PerHour > 0 {
		law = fmt.Sprintf("each token with a chance of %g in each hour of its life, so that old ones are likelier", w.Thieves.PerHour)
	}
	return fmt.Sprintf("%s; replayed every %s %s", law, words.Seconds(w.Thieves.Every.Seconds()), where)
}

func regions(w *workload.Workload) string {
	if w.Regions.Count == 1 {
		return "1"
	}
	return fmt.Sprintf("%d, an entry takes %s to each other, %g %% are lost", w.Regions.Count, w.Regions.Delay, 100*w.Regions.Loss)
}

func happening(w *workload.Workload, e workload.Event) outcome.Event {
	at := outcome.Event{At: e.At.Seconds()}
	switch {
	case e.Outage > 0:
		at.Until = (e.At + e.Outage).Seconds()
		at.Text = "the store cannot be reached"
	case e.Revoke > 0:
		at.Text = fmt.Sprintf("%.0f tokens are revoked at once", e.Revoke)
	case e.Restart > 0:
		at.Text = fmt.Sprintf("the gateway of region %d restarts", e.Restart)
	case e.Forget:
		at.Text = "the store loses all that it holds"
	case e.FailOver > 0:
		at.Text = fmt.Sprintf("the store fails over and loses the writes of the last %s", words.Seconds(e.FailOver.Seconds()))
	}
	return at
}
