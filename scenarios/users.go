package scenarios

import (
	"slices"
	"sync"
)

// userPool lends users to scenarios. Where a logout ends every session of a
// user, scenarios that share a user would end each other's sessions: there a
// user is lent to one scenario at a time.
type userPool struct {
	all  []User
	lock bool
	mu   sync.Mutex
	free *sync.Cond
	lent map[string]bool
}

func newUserPool(all []User, lock bool) *userPool {
	p := &userPool{all: all, lock: lock, lent: map[string]bool{}}
	p.free = sync.NewCond(&p.mu)
	return p
}

// lend gives n users, or all there are if fewer, and a function that returns
// them.
func (p *userPool) lend(n int) ([]User, func()) {
	n = min(n, len(p.all))
	if !p.lock {
		return p.all, func() {}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		if got := p.take(n); got != nil {
			return got, func() { p.release(got) }
		}
		p.free.Wait()
	}
}

func (p *userPool) take(n int) []User {
	var got []User
	for _, u := range p.all {
		if len(got) < n && !p.lent[u.Name] {
			got = append(got, u)
		}
	}
	if len(got) < n {
		return nil
	}
	for _, u := range got {
		p.lent[u.Name] = true
	}
	return slices.Clip(got)
}

func (p *userPool) release(users []User) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, u := range users {
		delete(p.lent, u.Name)
	}
	p.free.Broadcast()
}
