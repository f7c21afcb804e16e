package scenarios_test

import (
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
)

// concluded is a run of one scenario.
func concluded(t *testing.T, target scenarios.Target, id string) report.Run {
	t.Helper()
	all, err := catalogue.All()
	if err != nil {
		t.Fatal(err)
	}
	run, err := scenarios.Run(t.Context(), target, all, scenarios.Options{Profile: scenarios.Full, Only: []string{id}})
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// TestALeakThatWasSeenIsNoWarning, though the scenario that saw it is a should.
func TestALeakThatWasSeenIsNoWarning(t *testing.T) {
	run := concluded(t, leaky(t, "ttl-300s", nil), "retention/past-300s")
	r := run.Records[0]
	if r.Level != report.Should || r.Verdict != report.Fail || !r.Leak || run.Conclude() != report.Nonconformant || run.Why == "" {
		t.Errorf("%s %s, leak %v: %s (%q)", r.Level, r.Verdict, r.Leak, run.Conclude(), run.Why)
	}
}

// TestAnExcusedAcceptanceIsNoLeak: within the declared window, after exp, and when
// the store has lost what it knew.
func TestAnExcusedAcceptanceIsNoLeak(t *testing.T) {
	lossy := sound{config: reference.Config{Volatile: true}}.inProcess(t)
	run := concluded(t, lossy, "resilience/store-restart-without-persistence")
	if r := run.Records[0]; r.Leak || r.Verdict == report.Fail && run.Conclude() == report.Nonconformant {
		t.Errorf("%s, leak %v: %s", r.Verdict, r.Leak, r.Why)
	}
	for window, want := range map[time.Duration]bool{0: true, time.Hour: false} {
		target := leaky(t, "", func(c *scenarios.Contract) { c.LeakWindow = window })
		probe := scenarios.Scenario{ID: "replay/probe", Level: report.Should, Uncontrolled: "nothing is refused", Run: func(p *scenarios.Play) {
			tok := p.Login("alice", "T")
			p.Ended(tok, scenarios.Answer{Received: time.Now().Add(-time.Minute)})
			leaked := p.Leaked(tok, scenarios.Answer{Sent: time.Now()})
			p.Clock().Wait(tok.LeftAt(p.Clock().Now()) - p.Clock().Guard())
			if leaked != want || p.Leaked(tok, scenarios.Answer{Sent: time.Now()}) {
				p.Fail("leaked %v, and near its exp %v", leaked, p.Leaked(tok, scenarios.Answer{Sent: time.Now()}))
			}
		}}
		run, err := scenarios.Run(t.Context(), target, []scenarios.Scenario{probe}, scenarios.Options{})
		if err != nil || run.Records[0].Verdict != report.Pass {
			t.Errorf("window %s: %v %v", window, run.Records, err)
		}
	}
}
