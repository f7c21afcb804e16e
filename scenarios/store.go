package scenarios

import (
	"fmt"
	"time"

	"github.com/revocheck/revocheck/report"
)

const (
	// recoveryTime bounds how long a target may take to serve again once its
	// store is back.
	recoveryTime = 30 * time.Second
	// movableRecovery is the same where time is moved: what is left then is
	// the work of a machine.
	movableRecovery = time.Second
	recoveryPause   = 20 * time.Millisecond
)

// TargetStore is the target's store, where the suite has power over it.
type TargetStore struct{ p *Play }

// Store is the target's store.
func (p *Play) Store() TargetStore { return TargetStore{p} }

// trouble uses a power over the store, which then is in that state.
func (s TargetStore) trouble(state, what string, use func() error) {
	s.p.mu.Lock()
	s.p.storeState = state
	s.p.mu.Unlock()
	s.p.power(what, use)
}

// Where is how what is seen now is narrowed down by what was done to the store.
func (s TargetStore) Where() report.Where {
	s.p.mu.Lock()
	defer s.p.mu.Unlock()
	if s.p.storeState == "" {
		return report.Where{}
	}
	return report.Where{report.WithStore: s.p.storeState}
}

// Break takes the store away.
func (s TargetStore) Break() {
	s.trouble("down", "take the store away", s.p.instance.Powers.BreakStore)
}

// Mend takes back what was done to the store.
func (s TargetStore) Mend() {
	s.trouble("back again", "bring the store back", s.p.instance.Powers.MendStore)
}

// Slow makes the store's answers come later.
func (s TargetStore) Slow(by time.Duration) {
	s.trouble("slow", fmt.Sprintf("slow the store by %s", by), func() error { return s.p.instance.Powers.SlowStore(by) })
}

// Reset breaks the connections to the store.
func (s TargetStore) Reset() {
	s.trouble("cutting its connections", "reset the connections to the store", s.p.instance.Powers.ResetStore)
}

// outOfReach is the state of a store that one replica cannot reach.
const outOfReach = "out of reach of a replica"

// Partition cuts replica i, counted from 0, off from the store.
func (s TargetStore) Partition(i int) {
	s.trouble(outOfReach, fmt.Sprintf("cut replica %d off from the store", i+1), func() error { return s.p.instance.Powers.PartitionStore(i) })
}

// Fill uses up the store's memory.
func (s TargetStore) Fill() { s.trouble("full", "fill the store", s.p.instance.Powers.FillStore) }

// Restart restarts the store.
func (s TargetStore) Restart() {
	s.trouble("restarted", "restart the store", s.p.instance.Powers.RestartStore)
}

// FailOver has the store's stand-in take over.
func (s TargetStore) FailOver() {
	s.trouble("failed over", "fail the store over", s.p.instance.Powers.FailOverStore)
}

// Propagate lets the leak window that the target declares pass, by its clock
// and by ours: from then on every replica must refuse what was logged out.
func (p *Play) Propagate() { p.propagate(p.contract.LeakWindow) }

// Elapse lets time pass by the target's clock and by ours: what a target does late
// may go by either.
func (p *Play) Elapse(d time.Duration) { p.propagate(d) }

// AwaitPropagation lets what is left of the declared leak window pass since the
// last logout, where one endpoint stands for all replicas: no client can choose
// the one at which it logged out. The verbs that want a refusal do so.
func (p *Play) AwaitPropagation() {
	if p.contract.LeakWindow == 0 || p.Replicas() != 1 {
		return
	}
	p.mu.Lock()
	ended := p.lastEnd
	p.mu.Unlock()
	if !ended.IsZero() {
		p.propagate(time.Until(ended.Add(p.contract.LeakWindow)))
	}
}

func (p *Play) propagate(d time.Duration) {
	if d <= 0 {
		return
	}
	p.Clock().Wait(d)
	if p.planning || !p.Clock().Movable() {
		return
	}
	select {
	case <-time.After(d):
	case <-p.ctx.Done():
		p.NotRun("the run was interrupted")
	}
}

// Recover logs in until every replica accepts the new token and refuses the
// dead ones, once whatever happened to the store is over, and gives the new
// token. Only what says nothing is asked again: a dead token that is accepted
// is a failure, and so is a target that does not come back in time.
func (s TargetStore) Recover(name string, dead ...*Token) *Token {
	var t *Token
	began, steps := time.Now(), s.p.countSteps()
	why := ""
	back := s.Until(func() bool {
		s.p.dropSteps(steps)
		st, stopped := catch(func() { t = s.p.servesAgain(name, dead) })
		if stopped && st.verdict != report.Inconclusive {
			panic(st)
		}
		why = st.why
		return !stopped
	})
	took := time.Since(began)
	if !back {
		s.p.FailAs(report.LiveRefused, s.Where(), "the store has been back for %s, and the target does not serve as before: %s", took.Round(time.Millisecond), why)
	}
	s.p.Number("recovery time", took.Seconds()*1000, "ms", "from the end of the trouble until every replica accepts a new token and refuses the dead ones")
	return t
}

func (p *Play) servesAgain(name string, dead []*Token) *Token {
	t := p.Login("alice", name)
	for replica := range p.Replicas() {
		p.Call(t, WantAccepted, At(replica))
		for _, d := range dead {
			p.Call(d, WantRefused, At(replica))
		}
	}
	return t
}

// Until asks until the answer is yes, for as long as a target may take to
// recover, and gives the last answer.
func (s TargetStore) Until(yes func() bool) bool {
	for began := time.Now(); !yes(); s.p.awaitRecovery() {
		if s.p.planning || time.Since(began) > s.p.recoveryTime() {
			return false
		}
	}
	return true
}

func (p *Play) recoveryTime() time.Duration {
	if p.Clock().Movable() {
		return movableRecovery
	}
	return recoveryTime
}

func (p *Play) awaitRecovery() {
	if p.Clock().Movable() {
		p.instance.Powers.Advance(time.Second)
	}
	select {
	case <-time.After(recoveryPause):
	case <-p.ctx.Done():
		p.NotRun("the run was interrupted")
	}
}

func (p *Play) countSteps() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.record.Steps)
}

// dropSteps forgets the steps of an attempt that came too early.
func (p *Play) dropSteps(from int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.record.Steps = p.record.Steps[:from]
}
