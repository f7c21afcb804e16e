package session

import (
	"fmt"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/latency"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/wire"
)

const lastEvent = "from the acknowledgement to the last event; 0: none came after it"

// leaked is how many arrivals, of events that were produced after the logout and the
// window, are a leak: one may have been under way, or say that the stream ends.
const leaked = 2

// goesOn is how many arrivals on a live stream show that a silent one has ended.
const goesOn = leaked + 1

// judge watches the streams of the dead token beside the live ones.
func (w *watch) judge(window time.Duration) {
	if w.p.Planning() {
		return
	}
	dead := w.of(func(t *scenarios.Token) bool { return t == w.dead })
	acknowledged := w.p.EndedAt(w.dead)
	w.await("live streams have not gone on", func() bool {
		from := acknowledged.Add(window + w.delay())
		for _, s := range dead {
			if s.since(from) >= leaked {
				w.leaks(s, from, window)
			}
		}
		return w.showsTheEnd(dead, from)
	})
	var took []time.Duration
	for _, s := range dead {
		bursts := s.Bursts()
		last := max(0, bursts[len(bursts)-1].At.Sub(acknowledged))
		w.p.Number("last event of a stream", float64(last.Microseconds())/1000, "ms", "after the logout of its token was acknowledged; "+s.String())
		took = append(took, last)
	}
	w.p.Latency(latency.Logout, latency.Stream, took, 0, lastEvent)
	w.p.Summary("streams of the dead token", "no more events", "no more events, while live ones go on", len(dead), true)
}

// showsTheEnd reports whether the live streams have gone on for long enough after the
// streams of the dead token: after their end, or if they stay open and silent, after
// the window.
func (w *watch) showsTheEnd(dead []stream, from time.Time) bool {
	arrivals, all := leaked, true
	var last time.Time
	for _, s := range dead {
		at, ended := s.Ended()
		all = all && ended
		if at.After(last) {
			last = at
		}
	}
	if all {
		from = last
	} else {
		arrivals = goesOn
		from = later(from, lastArrival(dead))
	}
	live := w.live()
	return !slices.ContainsFunc(live, func(s stream) bool { return s.since(from) < arrivals })
}

// lastArrival is when the last event came on any of the streams: on a busy machine
// one that goes on may come behind the others.
func lastArrival(streams []stream) (last time.Time) {
	for _, s := range streams {
		if bursts := s.Bursts(); len(bursts) > 0 {
			last = later(last, bursts[len(bursts)-1].At)
		}
	}
	return last
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (w *watch) leaks(s stream, from time.Time, window time.Duration) {
	after := time.Since(w.p.EndedAt(w.dead)).Round(time.Millisecond)
	w.p.Latency(latency.Logout, latency.Stream, []time.Duration{after}, 1, lastEvent)
	where := report.Where{report.OnRoute: w.route.Path, report.InForm: "a stream that was open before the logout"}
	if s.replica > 0 {
		where[report.AtReplica] = "another replica"
	}
	declared := ""
	if window > 0 {
		declared = fmt.Sprintf(", past the declared window of %s", window)
	}
	w.p.FailDead(w.dead, where, fmt.Sprintf("%s brings events %s after it", w.route, after),
		"%s brought %d events %s after its logout was acknowledged%s, beside live streams that go on", s, s.since(from), after, declared)
}

// liveEnded stops the scenario for a live stream that came to its end: by itself, if
// another one does that lasts no longer without any logout, or else by the logout.
func (w *watch) liveEnded(s stream, at time.Time) {
	lasted := at.Sub(s.Opened)
	plain := w.p.Login("alice", "N")
	again, a := w.open(plain, s.replica, nil)
	if again == nil {
		w.notOpened(plain, a)
	}
	defer again.Close()
	for enough := time.Now().Add(lasted + lasted/2 + 200*time.Millisecond); time.Now().Before(enough); {
		if _, ended := again.Ended(); ended || time.Now().After(w.deadline) || w.p.Context().Err() != nil {
			w.p.Inconclusive("%s came to its end after %s, and so does one without any logout, or there is no time to see: let streams last longer than the scenario watches them", s, lasted.Round(time.Millisecond))
		}
		wire.Pause(w.p.Context(), pause)
	}
	if w.p.EndedAt(w.dead).IsZero() {
		w.p.Inconclusive("%s came to its end after %s, before any logout", s, lasted.Round(time.Millisecond))
	}
	where := report.Where{report.OnRoute: w.route.Path, report.InForm: "a stream that was open before a logout"}
	w.p.FailAs(report.LiveRefused, where, "%s ended %s after the logout of another token, and its token lives; one that no logout met went on for longer",
		s, at.Sub(w.p.EndedAt(w.dead)).Round(time.Millisecond))
}

// reopen tries to have a new stream with the dead token, also as one that is resumed
// (HTML, section 9.2.3).
func (w *watch) reopen() {
	for replica := range w.p.Replicas() {
		where := report.Where{report.OnRoute: w.route.Path}
		if replica > 0 {
			where[report.AtReplica] = "another replica"
		}
		if w.takes(w.dead, replica, nil) {
			w.p.FailDead(w.dead, where, w.route.String()+" opens a stream", "a new stream was opened with %s at replica %d, and brings events", w.dead, replica+1)
		}
		resumed := func(r *scenarios.Request) { r.Header.Set("Last-Event-ID", "1") }
		if !w.takes(w.dead, replica, resumed) {
			continue
		}
		if forged := w.p.Respell(w.dead, "forged", scenarios.TamperedSignature(w.dead.Raw)); w.takes(forged, replica, resumed) {
			w.p.FailBy(scenarios.NoToken, w.dead, where, "a stream with Last-Event-ID was opened with %s, whose signature is not the issuer's", forged)
		}
		where[report.InForm] = "a stream that is resumed, with Last-Event-ID"
		w.p.FailDead(w.dead, where, w.route.String()+" with Last-Event-ID opens a stream", "a stream was resumed with %s at replica %d, and brings events", w.dead, replica+1)
	}
}

// takes reports whether a new stream is opened with a token and brings an event.
func (w *watch) takes(t *scenarios.Token, replica int, change func(*scenarios.Request)) bool {
	s, a := w.open(t, replica, change)
	if s == nil || w.p.Planning() {
		if o := w.p.Judge(w.route, t, a); o.Silent() && !w.p.Planning() {
			w.p.Inconclusive("a new stream with %s says nothing of it: %s", t, a.Text(o))
		}
		return false
	}
	defer s.Close()
	enough := time.Now().Add(goesOn * (w.delay() + w.gap()))
	for {
		if _, ended := s.Ended(); ended || len(s.Bursts()) > 0 || time.Now().After(enough) || !wire.Pause(w.p.Context(), pause) {
			break
		}
	}
	if len(s.Bursts()) == 0 {
		w.p.Note("a new stream with %s is opened (%d), and brings no event", t, a.Status)
	}
	return len(s.Bursts()) > 0
}
