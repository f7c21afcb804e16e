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

// BreakStore takes the store away.
func (p *Play) BreakStore() { p.power("take the store away", p.instance.Powers.BreakStore) }

// MendStore takes back what was done to the store.
func (p *Play) MendStore() { p.power("bring the store back", p.instance.Powers.MendStore) }

// SlowStore makes the store's answers come later.
func (p *Play) SlowStore(by time.Duration) {
	p.power(fmt.Sprintf("slow the store by %s", by), func() error { return p.instance.Powers.SlowStore(by) })
}

// ResetStore breaks the connections to the store.
func (p *Play) ResetStore() {
	p.power("reset the connections to the store", p.instance.Powers.ResetStore)
}

// PartitionStore cuts replica i, counted from 0, off from the store.
func (p *Play) PartitionStore(i int) {
	p.power(fmt.Sprintf("cut replica %d off from the store", i+1), func() error { return p.instance.Powers.PartitionStore(i) })
}

// FillStore uses up the store's memory.
func (p *Play) FillStore() { p.power("fill the store", p.instance.Powers.FillStore) }

// RestartStore restarts the store.
func (p *Play) RestartStore() { p.power("restart the store", p.instance.Powers.RestartStore) }

// FailOverStore has the store's stand-in take over.
func (p *Play) FailOverStore() { p.power("fail the store over", p.instance.Powers.FailOverStore) }

// Propagate lets the leak window that the target declares pass, by its clock
// and by ours: from then on every replica must refuse what was logged out.
func (p *Play) Propagate() {
	d := p.contract.LeakWindow
	if d == 0 {
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

// Recover logs in until every replica accepts the new token, once whatever
// happened to the store is over, and gives the token. A target that does not
// come back in time has failed.
func (p *Play) Recover(name string) *Token {
	began, steps := time.Now(), p.countSteps()
	for {
		var t *Token
		st, stopped := catch(func() { t = p.loginEverywhere(name) })
		took := time.Since(began)
		switch {
		case !stopped:
			p.Number("recovery time", took.Seconds()*1000, "ms", "from the end of the trouble to the first call that every replica accepts")
			return t
		case st.verdict != report.Inconclusive:
			panic(st)
		case took > p.recoveryTime():
			p.Fail("the store has been back for %s, and the target does not serve a new token: %s", took.Round(time.Millisecond), st.why)
		}
		p.dropSteps(steps)
		p.awaitRecovery()
	}
}

func (p *Play) loginEverywhere(name string) *Token {
	t := p.Login("alice", name)
	for replica := range p.Replicas() {
		p.Call(t, WantAccepted, At(replica))
	}
	return t
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
