package scenarios

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/contract"
)

// Play is one run of one scenario against one instance of a target. Its
// methods are the verbs of scenarios: they send, judge the answer, leave a
// step in the record and, when the requirement is broken, stop the scenario
// with a verdict. They may be called from several goroutines that Parallel
// started.
type Play struct {
	ctx      context.Context
	contract Contract
	instance *Instance
	sender   sender
	run      *run
	seen     *tokenSet
	cuts     *cutOffs
	turns    *turns
	users    []User
	given    map[string][]string // tokens set aside, by the user's name
	maxWait  time.Duration
	largest  float64 // Options.Largest
	planning bool
	began    time.Time

	mu     sync.Mutex
	record report.Record
	trail  []event
	hits   int64
	// hitsLag is how late the hit counter was seen to move; 0 if at once.
	hitsLag    time.Duration
	waited     time.Duration
	waitsUntil time.Time // by the target's clock
	// lastEnd is when the last logout was acknowledged, on the suite's clock, and
	// lastEndThere on the target's.
	lastEnd, lastEndThere time.Time
	endedOf               []string // the users whose tokens were logged out
	lastLogout            string   // that was acknowledged
	happened              []string // what may bring a dead token back
	line                  int
	text                  string
	label                 string // of the sub-case under way
	// storeState is what was done to the store, which may lose what it knew; empty:
	// nothing.
	storeState string
	rest       func() // lets another scenario start while this one waits
}

// sender sends requests. The planning one answers what is wanted instead.
type sender interface {
	Send(ctx context.Context, r Request, want Outcome) Answer
	Close()
}

// stop ends a scenario from inside one of its verbs.
type stop struct {
	verdict    report.Verdict
	why        string
	undeclared Capability
	// tooLong is for how long it would have had to wait, where the longest wait
	// does not allow that; else 0.
	tooLong time.Duration
	// fix is how to mend it, where that is not what the scenario says.
	fix string
	// leak: a token was accepted after its logout, when nothing allowed that.
	leak bool
	// finding is what was seen at a fail, if that is known.
	finding *report.Finding
	// binding: what was found makes the scenario a must.
	binding bool
}

// Fail stops the scenario: the target is wrong.
func (p *Play) Fail(why string, args ...any) {
	panic(stop{verdict: report.Fail, why: fmt.Sprintf(why, args...)})
}

// FailBinding is FailAs for what binds the target whatever the scenario's level, such
// as a promise of its own.
func (p *Play) FailBinding(o report.Observable, where report.Where, why string, args ...any) {
	panic(stop{verdict: report.Fail, why: fmt.Sprintf(why, args...), binding: true, finding: &report.Finding{Observable: o, Where: where}})
}

// Inconclusive stops the scenario: what came says nothing about revocation.
func (p *Play) Inconclusive(why string, args ...any) {
	panic(stop{verdict: report.Inconclusive, why: fmt.Sprintf(why, args...)})
}

// NotRun stops the scenario: it cannot be asked of this target in this run.
func (p *Play) NotRun(why string, args ...any) {
	panic(stop{verdict: report.NotRun, why: fmt.Sprintf(why, args...)})
}

// TooLong stops the scenario: it would have to wait for d, and the longest wait
// does not allow that.
func (p *Play) TooLong(d time.Duration) {
	panic(stop{verdict: report.NotRun, why: fmt.Sprintf("it has to wait for %s; --max-wait is %s", roundedUp(d), p.maxWait), tooLong: d})
}

// Undeclared stops the scenario: the target does not have what it needs,
// whatever it declares.
func (p *Play) Undeclared(c Capability, why string, args ...any) {
	panic(stop{verdict: report.NotRun, why: fmt.Sprintf(why, args...), undeclared: c})
}

// Broken stops the scenario: the harness is wrong.
func (p *Play) Broken(why string, args ...any) {
	panic(stop{verdict: report.Error, why: fmt.Sprintf(why, args...)})
}

// Note adds a sentence to the record.
func (p *Play) Note(text string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.record.Notes = append(p.record.Notes, p.labelled(fmt.Sprintf(text, args...)))
}

// Observe adds what was learned of the target, whatever the verdict; once,
// though the scenario be played for several algorithms.
func (p *Play) Observe(text string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if o := fmt.Sprintf(text, args...); !slices.Contains(p.record.Observed, o) {
		p.record.Observed = append(p.record.Observed, o)
	}
}

// Number adds a measured value to the record. Units are those of
// report.Number.
func (p *Play) Number(name string, value float64, unit, note string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.record.Numbers = append(p.record.Numbers, report.Number{Name: p.labelled(name), Value: value, Unit: unit, Note: note})
}

func (p *Play) labelled(text string) string {
	if p.label == "" {
		return text
	}
	return p.label + ": " + text
}

// Contract is what the target declares, with its defaults filled in.
func (p *Play) Contract() Contract { return p.contract }

// Powers over the instance.
func (p *Play) Powers() Powers { return p.instance.Powers }

// Planning reports whether this is a dry run, in which nothing is sent and
// every answer is the one that is wanted.
func (p *Play) Planning() bool { return p.planning }

// Has reports whether the target declares a capability beyond the scenario's
// needs.
func (p *Play) Has(c Capability) bool {
	if c == TwoUsers { // a scenario is lent as many as it needs
		return len(p.users) >= len(roles)
	}
	return declares(p.contract, p.instance.Powers, c)
}

// Replicas is how many endpoints the target has.
func (p *Play) Replicas() int { return len(p.endpoints()) }

// Backend is the base URL of the backend itself, if it can be called.
func (p *Play) Backend() string { return p.instance.Backend }

func (p *Play) endpoints() []string { return p.instance.endpoints() }

// Context ends when the run is interrupted.
func (p *Play) Context() context.Context { return p.ctx }

// Sample bounds a sample size by the target's declared limit.
func (p *Play) Sample(n int) int {
	if limit := p.contract.Limits.Replays; limit > 0 && limit < n {
		p.Note("%d instead of %d, as limits.replays has it", limit, n)
		return limit
	}
	return n
}

// Step adds a step to the record by hand, for what the verbs do not cover.
func (p *Play) Step(s report.Step) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.addStep(s)
}

func (p *Play) addStep(s report.Step) {
	s.Line = p.line
	s.Text = p.labelled(cmp.Or(s.Text, cmp.Or(p.text, s.Request)))
	s.At = report.Duration(time.Since(p.began)) - s.Took
	p.record.Steps = append(p.record.Steps, s)
}

// AtLine says at which line of a script, and with which text, the steps that
// follow stand; 0 for none.
func (p *Play) AtLine(line int, text string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.line, p.text = line, text
}

// Parallel runs f n times at once and waits for all of them. If any stops the
// scenario, the worst stop holds.
func (p *Play) Parallel(n int, f func(i int)) {
	stops := make(chan stop, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() {
			if s, stopped := catch(func() { f(i) }); stopped {
				stops <- s
			}
		})
	}
	wg.Wait()
	close(stops)
	worst, any := stop{}, false
	for s := range stops {
		if !any || worse(s.verdict, worst.verdict) {
			worst, any = s, true
		}
	}
	if any {
		panic(worst)
	}
}

// worse orders verdicts by what they weigh when several hold at once.
func worse(a, b report.Verdict) bool {
	weight := map[report.Verdict]int{report.Fail: 4, report.Error: 3, report.Inconclusive: 2, report.NotRun: 1}
	return weight[a] > weight[b]
}

// catch runs f and returns the stop that ended it. Any other panic is a fault
// of the harness and is reported as one.
func catch(f func()) (s stop, stopped bool) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case stop:
			s, stopped = r, true
		default:
			s, stopped = stop{verdict: report.Error, why: fmt.Sprintf("the scenario panicked: %v", r)}, true
		}
	}()
	f()
	return stop{}, false
}

// MayCrowd reports whether a target can be asked many things at once: nothing
// in its target file says that it should be spared.
func (p *Play) MayCrowd() bool { return p.contract.MayCrowd() }

// MayLoginOften reports whether a scenario may log in more often than it has
// to: at the gateway itself, and without a limit to its pace.
func (p *Play) MayLoginOften() bool {
	return p.contract.MayLoginOften()
}

// Given reports whether the token was obtained before the run: its first call may
// show that it has been used.
func (t *Token) Given() bool { return t != nil && t.given }

// HasGiven reports whether tokens are given, of which there may be few.
func (p *Play) HasGiven() bool { return p.contract.LoginWay() == contract.ByTokens }

// Endpoint is the base URL of a replica, counted from 0.
func (p *Play) Endpoint(replica int) string { return p.endpoints()[replica] }
