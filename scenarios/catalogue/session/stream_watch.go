package session

import (
	"fmt"
	"slices"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// watch holds streams of a token that is logged out beside streams of live ones, at
// every replica.
type watch struct {
	p        *scenarios.Play
	route    scenarios.Route
	dead     *scenarios.Token
	streams  []stream
	deadline time.Time // until when the scenario may wait
}

// stream is an open answer; nil in a dry run.
type stream struct {
	*wire.Stream
	token   *scenarios.Token
	replica int
}

func newWatch(p *scenarios.Play, route scenarios.Route, dead *scenarios.Token) *watch {
	return &watch{p: p, route: route, dead: dead, deadline: time.Now().Add(p.Clock().LeftToWait())}
}

func (w *watch) close() {
	for _, s := range w.streams {
		if s.Stream != nil {
			s.Close()
		}
	}
}

// openBefore opens a stream of the token and one of a live token at every replica, and
// waits for their first events. Where a logout ends all of a user's sessions the live
// one is another user's, if there is one.
func (w *watch) openBefore() {
	w.openEach(w.dead)
	switch {
	case w.p.Has(scenarios.ScopeOne):
		w.openEach(w.p.Login("alice", "L"))
	case w.p.Has(scenarios.TwoUsers):
		w.openEach(w.p.Login("bob", "L"))
	}
	w.await("no event has come", func() bool {
		return !slices.ContainsFunc(w.streams, func(s stream) bool { return len(s.Bursts()) == 0 })
	})
}

// mustBeOpen sees to it that no stream has come to its end before the logout.
func (w *watch) mustBeOpen() {
	for _, s := range w.streams {
		if s.Stream == nil {
			continue
		}
		if at, ended := s.Ended(); ended {
			w.p.Inconclusive("%s came to its end after %s, before the logout: let streams last longer than the scenario watches them", s, at.Sub(s.Opened).Round(time.Millisecond))
		}
	}
}

// openAfter opens the live streams after the logout, if there were none before.
func (w *watch) openAfter() {
	if len(w.live()) == 0 {
		w.openEach(w.p.Login("alice", "L"))
	}
}

func (w *watch) openEach(t *scenarios.Token) {
	for replica := range w.p.Replicas() {
		s, a := w.open(t, replica, nil)
		if w.p.Planning() {
			w.streams = append(w.streams, stream{nil, t, replica})
			continue
		}
		if s == nil {
			w.notOpened(t, a)
		}
		w.streams = append(w.streams, stream{s, t, replica})
	}
}

func (w *watch) open(t *scenarios.Token, replica int, change func(*scenarios.Request)) (*wire.Stream, scenarios.Answer) {
	req := w.p.CanonicalRequest(w.route, t.Raw)
	req.Replica, req.Carrying = replica, t.String()
	if change != nil {
		change(&req)
	}
	s, a := w.p.OpenStream(req)
	w.p.Step(report.Step{
		Text: "open a stream with " + t.String(), Request: req.String(), Actual: a.Text(w.p.Judge(w.route, t, a)),
		Took: report.Duration(a.Received.Sub(a.Sent)), OK: true,
	})
	return s, a
}

// notOpened stops the scenario for a live token that was given no stream.
func (w *watch) notOpened(t *scenarios.Token, a scenarios.Answer) {
	if w.p.Judge(w.route, t, a) == scenarios.Refused {
		w.p.FailAs(report.LiveRefused, report.Where{report.OnRoute: w.route.Path}, "a live token was refused (over-block): a stream with %s was answered %d", t, a.Status)
	}
	w.p.Inconclusive("a stream with %s was not opened: %s", t, a.Text(w.p.Judge(w.route, t, a)))
}

// pause between two looks at what has arrived.
const pause = 5 * time.Millisecond

// await waits until something holds, for as long as the scenario may wait.
func (w *watch) await(otherwise string, holds func() bool) {
	if w.p.Planning() {
		return
	}
	for !holds() {
		if time.Now().After(w.deadline) || !wire.Pause(w.p.Context(), pause) {
			w.p.Inconclusive("%s on %s in the time that the scenario may wait: see to it that something happens there", otherwise, w.route)
		}
		for _, s := range w.live() {
			if at, ended := s.Ended(); ended && !holds() {
				w.liveEnded(s, at)
			}
		}
	}
}

func (w *watch) live() []stream { return w.of(func(t *scenarios.Token) bool { return t != w.dead }) }

func (w *watch) of(which func(*scenarios.Token) bool) (all []stream) {
	for _, s := range w.streams {
		if which(s.token) {
			all = append(all, s)
		}
	}
	return all
}

// delay bounds how long an event may have been held back on its way: no longer than
// it took until the first one came, nor, where several come at once, than the
// longest time between two arrivals.
func (w *watch) delay() (longest time.Duration) {
	for _, s := range w.streams {
		last := s.Opened
		for i, b := range s.Bursts() {
			if i == 0 || b.Events > 1 {
				longest = max(longest, b.At.Sub(last))
			}
			last = b.At
		}
	}
	return longest
}

// gap is the longest time between two arrivals on a live stream.
func (w *watch) gap() (longest time.Duration) {
	for _, s := range w.live() {
		last := s.Opened
		for _, b := range s.Bursts() {
			longest = max(longest, b.At.Sub(last))
			last = b.At
		}
	}
	return longest
}

// since are the arrivals after an instant, but for the last one of a stream that has
// come to its end: what was held back comes then, and a word of farewell.
func (s stream) since(at time.Time) int {
	_, ended := s.Ended()
	n := 0
	for _, b := range s.Bursts() {
		if b.At.After(at) {
			n++
		}
	}
	if ended && n > 0 {
		n--
	}
	return n
}

func (s stream) String() string {
	return fmt.Sprintf("the stream of %s at replica %d", s.token, s.replica+1)
}
