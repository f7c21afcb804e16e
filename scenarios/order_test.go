package scenarios_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
)

func password() string { return fmt.Sprintf("password: %q", reference.DefaultUsers()["alice"]) }

// starts keeps the order in which scenarios begin.
type starts struct {
	mu  sync.Mutex
	ids []string
}

func (s *starts) Start(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids = append(s.ids, id)
}
func (*starts) Wait(string, time.Duration) {}
func (*starts) Done(report.Record)         {}

// TestWhatSamplesLastIsPlayedLast on a target that scenarios share.
func TestWhatSamplesLastIsPlayedLast(t *testing.T) {
	list := []scenarios.Scenario{
		{ID: "a/last", Last: true, Run: func(*scenarios.Play) {}},
		{ID: "b/with-others", Run: func(*scenarios.Play) {}},
		{ID: "c/alone", Alone: true, Run: func(*scenarios.Play) {}},
	}
	seen := &starts{}
	target := sourced(t, served(t), password(), "login: {path: /login}\n")
	if _, err := scenarios.Run(t.Context(), target, list, scenarios.Options{Observe: seen}); err != nil {
		t.Fatal(err)
	}
	if want := []string{"b/with-others", "c/alone", "a/last"}; !slices.Equal(seen.ids, want) {
		t.Errorf("%v, want %v", seen.ids, want)
	}
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(s scenarios.Scenario) bool { return s.ID == "isolation/no-over-block" })
	if !all[i].Last {
		t.Error("isolation/no-over-block samples before all logouts of the run")
	}
}

// TestAFurtherLogoutDoesNotMoveTheEnd of a declared window.
func TestAFurtherLogoutDoesNotMoveTheEnd(t *testing.T) {
	twice := scenarios.Scenario{ID: "a/twice", Uncontrolled: "nothing is refused", Run: func(p *scenarios.Play) {
		tok := p.Login("alice", "T")
		first := p.Logout(tok, scenarios.Acknowledged)
		p.Logout(tok, scenarios.Acknowledged)
		if !p.EndedAt(tok).Equal(first.Received) {
			p.Fail("the end was moved by %s", p.EndedAt(tok).Sub(first.Received))
		}
	}}
	run, err := scenarios.Run(t.Context(), sound{}.inProcess(t), []scenarios.Scenario{twice}, scenarios.Options{})
	if err != nil || run.Records[0].Verdict != report.Pass {
		t.Errorf("%v %v", run.Records, err)
	}
}

// TestATokenWithoutExpIsWatchedAsLongAsAnyOther, where the clock cannot be moved.
func TestATokenWithoutExpIsWatchedAsLongAsAnyOther(t *testing.T) {
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	target := sourced(t, "http://127.0.0.1:1", password(), "login: {path: /login}\nsigning: {alg: HS256, key: secret}\n")
	for _, id := range []string{"retention/no-exp", "retention/far-exp"} {
		plans, err := scenarios.DryRun(target, all, scenarios.Options{Only: []string{id}})
		if err != nil {
			t.Fatal(err)
		}
		if waits := fmt.Sprint(plans[0].Requests); !strings.Contains(waits, "wait 1m1.5s") {
			t.Errorf("%s is not watched past a minute: %s", id, waits)
		}
	}
}
