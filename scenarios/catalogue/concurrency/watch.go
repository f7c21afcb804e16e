package concurrency

import (
	"fmt"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/latency"
	"github.com/revocheck/revocheck/scenarios"
)

const (
	// watchPast is how long a dead token is probed past the declared window.
	watchPast = 150 * time.Millisecond
	// watchProbes bounds the probes of one replica in that time.
	watchProbes = 1000
	// longWindow: a target that declares more is watched once.
	longWindow = 2 * time.Second
)

// watch is how a dead token fared at one replica.
type watch struct {
	token *scenarios.Token
	// ending and at are the replicas of its logout and of the probes, from 0.
	ending, at      int
	probes, unknown int
	// window is from the acknowledgement to the sending of the last accepted
	// probe; 0 if none was accepted.
	window time.Duration
	// refused is from the acknowledgement to the sending of the first probe
	// of those refused to the end; 0 if none was accepted before.
	refused time.Duration
	// leaking: the last telling probe was accepted.
	leaking bool
	// row is how many were refused in a row.
	row int
	// home: the token was accepted for too long at the replica of its logout, too.
	home bool
}

// pace says how closely to watch.
type pace struct {
	probes int // of one replica, at most
	// enough is how many refusals in a row end the watch; 0 for none.
	enough int
}

// watchFor is how long a dead token has to be probed.
func watchFor(p *scenarios.Play) time.Duration {
	d := p.Contract().LeakWindow + watchPast
	if !p.Clock().CanWait(d) {
		p.TooLong(d)
	}
	return d
}

// probe calls a dead token at one replica, one call after another, for some
// time after the acknowledgement of its logout.
func probe(p *scenarios.Play, t *scenarios.Token, replica int, how pace, d time.Duration) watch {
	w, tick := watch{token: t, at: replica}, time.NewTicker(max(d/time.Duration(how.probes), time.Microsecond))
	defer tick.Stop()
	ended := p.EndedAt(t)
	for !w.over(how, time.Since(ended) >= d) {
		a, o := ask(p, t, replica)
		w.note(o, a.Sent.Sub(ended))
		if p.Planning() || p.Context().Err() != nil {
			break
		}
		<-tick.C
	}
	return w
}

// over reports whether the watch has seen all that it is to see; one probe at
// the least.
func (w *watch) over(how pace, late bool) bool {
	return w.probes > 0 && (late || w.probes >= how.probes || how.enough > 0 && w.row >= how.enough)
}

func (w *watch) note(o scenarios.Outcome, after time.Duration) {
	w.probes++
	switch o {
	case scenarios.Accepted:
		w.window, w.leaking, w.row = after, true, 0
	case scenarios.Refused:
		w.row++
		if w.leaking {
			w.refused, w.leaking = after, false
		}
	default:
		w.unknown++
	}
}

// watched ends a token at one replica and probes it at others, at once.
func watched(p *scenarios.Play, t *scenarios.Token, ending int, at []int, how pace) []watch {
	d := watchFor(p)
	p.Logout(t, scenarios.Acknowledged, scenarios.At(ending))
	found := make([]watch, len(at))
	p.Parallel(len(at), func(i int) {
		found[i] = probe(p, t, at[i], how, d)
		found[i].ending = ending
	})
	return found
}

// lasted says until when the token was accepted.
func (w watch) lasted() string {
	window := w.window.Round(10 * time.Microsecond)
	if w.leaking {
		return fmt.Sprintf("still accepted when the watch ended (%s)", window)
	}
	return fmt.Sprintf("accepted for the last time %s after its logout was acknowledged", window)
}

// telling are those of which any probe was answered with an acceptance or a refusal.
func telling(all []watch) []watch {
	return slices.DeleteFunc(slices.Clone(all), func(w watch) bool { return w.unknown == w.probes })
}

// latencies adds to the record how long the logouts took, at the replica of the
// logout and at the others.
func latencies(p *scenarios.Play, found []watch) {
	took, notEnded := map[latency.Place][]time.Duration{}, map[latency.Place]int{}
	for _, w := range found {
		at := latency.SameReplica
		if w.at != w.ending {
			at = latency.OtherReplica
		}
		took[at] = append(took[at], max(w.refused, w.window))
		if w.leaking {
			notEnded[at]++
		}
	}
	for _, at := range []latency.Place{latency.SameReplica, latency.OtherReplica} {
		p.Latency(latency.Logout, at, took[at], notEnded[at], "from the acknowledgement to the first lasting refusal; 0: refused at once")
	}
}

// fail stops the scenario: the token was accepted past the declared window.
func (w watch) fail(p *scenarios.Play, declared time.Duration) {
	where := report.Where{}
	if w.at != w.ending && !w.home {
		where[report.AtReplica] = "another replica"
	}
	if !w.leaking {
		where[report.AtTime] = "for a short time"
	}
	seen := fmt.Sprintf("%s at replica %d was %s", w.token, w.at+1, w.lasted())
	p.FailDead(w.token, where, seen, "%s; the declared leak window is %s", seen, declared)
}

// alive logs a user in and sees the token accepted at every replica, as one
// that caches what it has seen would have it.
func alive(p *scenarios.Play, name string) *scenarios.Token {
	t := p.Login("alice", name)
	p.CallEverywhere(t, scenarios.WantAccepted)
	return t
}

// deadEverywhere ends a scenario: the token is dead at every replica, a live
// one is accepted, and the dead one is still dead.
func deadEverywhere(p *scenarios.Play, t *scenarios.Token) {
	p.CallEverywhere(t, scenarios.WantRefused)
	live := p.Login("alice", "U")
	p.Call(live, scenarios.WantAccepted)
	p.Call(t, scenarios.WantRefused)
}

// watchRounds is how many tokens are watched.
func watchRounds(p *scenarios.Play, n int) int {
	if p.Contract().LeakWindow > longWindow {
		return 1
	}
	return n
}
