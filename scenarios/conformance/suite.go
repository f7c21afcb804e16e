package conformance

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// suite is one call of Test.
type suite struct {
	session *scenarios.Session
	ended   ended
	told    map[string]bool // scenarios that had a subtest
}

func open(ctx context.Context, target scenarios.Target, all []scenarios.Scenario, o scenarios.Options) (*suite, error) {
	s := &suite{ended: ended{next: o.Observe, records: map[string]chan report.Record{}}, told: map[string]bool{}}
	for _, sc := range all {
		s.ended.records[sc.ID] = make(chan report.Record, 1)
	}
	o.Observe = s.ended
	var err error
	s.session, err = scenarios.NewSession(ctx, target, all, o)
	return s, err
}

// group are scenarios that are played at once, as far as the target allows it.
type group struct {
	name    string // empty: its subtests are t's own
	members []scenarios.Scenario
	playing []scenarios.Scenario // those whose subtests run
	done    chan struct{}        // closed when all of playing have ended
	run     report.Run           // the run when they had
}

// groups are those of the scenarios' IDs. What comes last at a shared target is
// a group of its own.
func (s *suite) groups(shared bool) []*group {
	var all []*group
	last := &group{done: make(chan struct{})}
	for _, sc := range s.session.Scenarios() {
		if sc.Last && shared {
			last.members = append(last.members, sc)
			continue
		}
		at := slices.IndexFunc(all, func(g *group) bool { return g.name == sc.Group() })
		if at < 0 {
			at, all = len(all), append(all, &group{name: sc.Group(), done: make(chan struct{})})
		}
		all[at].members = append(all[at].members, sc)
	}
	for _, sc := range last.members {
		all = append(all, &group{members: []scenarios.Scenario{sc}, done: make(chan struct{})})
	}
	return all
}

// group runs the subtests of a group and comes back when all have ended, and
// with them what they play: the caller may end then what the target needs.
func (s *suite) group(t *testing.T, g *group) {
	t.Helper()
	if g.name == "" {
		t.Run(g.members[0].ID, func(t *testing.T) {
			t.Helper()
			g.playing = g.members
			s.play(t.Context(), g)
			s.await(t, g, g.members[0])
		})
		return
	}
	t.Run(g.name, func(t *testing.T) {
		t.Helper()
		for _, sc := range g.members {
			t.Run(strings.TrimPrefix(sc.ID, g.name+"/"), func(t *testing.T) {
				t.Helper()
				g.playing = append(g.playing, sc)
				t.Parallel()
				s.await(t, g, sc)
			})
		}
		go s.play(t.Context(), g)
		t.Cleanup(func() { <-g.done })
	})
}

func (s *suite) play(ctx context.Context, g *group) {
	defer close(g.done)
	for _, sc := range g.playing {
		s.told[sc.ID] = true
	}
	s.session.Play(ctx, g.playing)
	g.run = s.session.Run(ctx).WithCauses()
}

// await tells what became of a scenario when it has ended. One that did not pass
// waits for the others of its group: they may show what caused that.
func (s *suite) await(t *testing.T, g *group, sc scenarios.Scenario) {
	t.Helper()
	rec := <-s.ended.records[sc.ID]
	if rec.Verdict == report.Pass {
		tell(t, report.Run{}, rec, testing.Short())
		return
	}
	<-g.done
	at := slices.IndexFunc(g.run.Records, func(r report.Record) bool { return r.ID == sc.ID })
	tell(t, g.run, g.run.Records[at], testing.Short())
}

// conclude tells what no subtest did, and sums up the causes.
func (s *suite) conclude(t *testing.T) {
	t.Helper()
	run := s.session.Run(t.Context()).WithCauses()
	for _, rec := range run.Records {
		if !s.told[rec.ID] {
			tell(t, run, rec, testing.Short())
		}
	}
	if len(run.Causes) > 0 {
		t.Log(causes(run))
	}
	if len(run.LeftOut) > 0 {
		t.Logf("profile %s left out %s", run.Profile, strings.Join(run.LeftOut, ", "))
	}
	if n := len(slices.DeleteFunc(run.Records, func(r report.Record) bool { return !tooLong(r) })); testing.Short() && n > 0 {
		t.Logf("-short left out %d scenarios that have to wait for more than %s", n, longestShort)
	}
}

// ended hands out the record of each scenario when it has ended.
type ended struct {
	next    scenarios.Observer
	records map[string]chan report.Record
}

func (e ended) Start(id string) {
	if e.next != nil {
		e.next.Start(id)
	}
}

func (e ended) Wait(id string, d time.Duration) {
	if e.next != nil {
		e.next.Wait(id, d)
	}
}

func (e ended) Done(rec report.Record) {
	if e.next != nil {
		e.next.Done(rec)
	}
	e.records[rec.ID] <- rec
}
