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

// awaitCutOff waits until a new login of a user cannot fall under the
// declared granularity of the cut-off that ended the last one.
func (p *Play) awaitCutOff(u User) {
	grain, last := p.contract.Logout.CutOff, p.cuts.of(u)
	if grain == 0 || last.IsZero() {
		return
	}
	if d := last.Add(grain).Sub(p.Now()); d > 0 {
		p.Wait(d + 10*time.Millisecond)
	}
}
