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

// trouble uses a power over the store.
func (p *Play) trouble(what string, use func() error) {
	p.mu.Lock()
	p.troubled = true
	p.mu.Unlock()
	p.power(what, use)
}

// BreakStore takes the store away.
func (p *Play) BreakStore() { p.trouble("take the store away", p.instance.Powers.BreakStore) }

// MendStore takes back what was done to the store.
func (p *Play) MendStore() { p.trouble("bring the store back", p.instance.Powers.MendStore) }

// SlowStore makes the store's answers come later.
func (p *Play) SlowStore(by time.Duration) {
	p.trouble(fmt.Sprintf("slow the store by %s", by), func() error { return p.instance.Powers.SlowStore(by) })
}

// ResetStore breaks the connections to the store.
func (p *Play) ResetStore() {
	p.trouble("reset the connections to the store", p.instance.Powers.ResetStore)
}

// PartitionStore cuts replica i, counted from 0, off from the store.
func (p *Play) PartitionStore(i int) {
	p.trouble(fmt.Sprintf("cut replica %d off from the store", i+1), func() error { return p.instance.Powers.PartitionStore(i) })
}

// FillStore uses up the store's memory.
func (p *Play) FillStore() { p.trouble("fill the store", p.instance.Powers.FillStore) }

// RestartStore restarts the store.
func (p *Play) RestartStore() { p.trouble("restart the store", p.instance.Powers.RestartStore) }

// FailOverStore has the store's stand-in take over.
func (p *Play) FailOverStore() { p.trouble("fail the store over", p.instance.Powers.FailOverStore) }

// Propagate lets the leak window that the target declares pass, by its clock
// and by ours: from then on every replica must refuse what was logged out.
func (p *Play) Propagate() { p.propagate(p.contract.LeakWindow) }

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
	p.Wait(d)
	if p.planning || !p.Movable() {
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
func (p *Play) Recover(name string, dead ...*Token) *Token {
	var t *Token
	began, steps := time.Now(), p.countSteps()
	why := ""
	back := p.Until(func() bool {
		p.dropSteps(steps)
		st, stopped := catch(func() { t = p.servesAgain(name, dead) })
		if stopped && st.verdict != report.Inconclusive {
			panic(st)
		}
		why = st.why
		return !stopped
	})
	took := time.Since(began)
	if !back {
		p.Fail("the store has been back for %s, and the target does not serve as before: %s", took.Round(time.Millisecond), why)
	}
	p.Number("recovery time", took.Seconds()*1000, "ms", "from the end of the trouble until every replica accepts a new token and refuses the dead ones")
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
func (p *Play) Until(yes func() bool) bool {
	for began := time.Now(); !yes(); p.awaitRecovery() {
		if p.planning || time.Since(began) > p.recoveryTime() {
			return false
		}
	}
	return true
}

func (p *Play) recoveryTime() time.Duration {
	if p.Movable() {
		return movableRecovery
	}
	return recoveryTime
}

func (p *Play) awaitRecovery() {
	if p.Movable() {
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
