package scenarios

import (
	"sync"
	"time"
)

// cutOffs remembers when users were last logged out, where a logout ends all of
// a user's sessions: a login too soon after it may be ended by it, in whichever
// scenario the two are.
type cutOffs struct {
	mu   sync.Mutex
	last map[string]time.Time // by the user's name, on the target's clock
}

func newCutOffs() *cutOffs { return &cutOffs{last: map[string]time.Time{}} }

func (c *cutOffs) move(u User, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last[u.Name] = at
}

func (c *cutOffs) of(u User) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last[u.Name]
}

// tick is the granularity of a cut-off that declares none: many runtimes count
// milliseconds, and a login follows a logout within one.
const tick = 2 * time.Millisecond

// awaitCutOff waits until a new login of a user cannot fall under the
// granularity of the cut-off that ended the last one.
func (p *Play) awaitCutOff(u User) {
	grain, last := max(p.contract.Logout.CutOff, tick), p.cuts.of(u)
	if p.contract.Logout.Scope != ScopeUser || last.IsZero() {
		return
	}
	if d := last.Add(grain).Sub(p.Clock().Now()); d > 0 {
		p.Clock().Wait(d + grain/100)
	}
}
