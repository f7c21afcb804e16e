package scenarios

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/revocheck/revocheck/scenarios/contract"
	"github.com/revocheck/revocheck/scenarios/token"
)

// tokenPool holds the tokens that users were given. Each is handed out once.
type tokenPool struct {
	mu      sync.Mutex
	left    map[string][]string // by the user's name
	expired map[string]int
	short   map[string]int // how many more were asked for than there were
}

func newTokenPool(users []User) *tokenPool {
	s := &tokenPool{left: map[string][]string{}, expired: map[string]int{}, short: map[string]int{}}
	for _, u := range users {
		s.left[u.Name] = slices.Clone(u.Tokens)
	}
	return s
}

// reserve sets tokens aside for one scenario: all that it needs, or none, and
// says how many more are needed.
func (s *tokenPool) reserve(need map[string]int, now time.Time) (mine map[string][]string, why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var missing []string
	for name, n := range need {
		s.dropExpired(name, now)
		if more := n - len(s.left[name]); more > 0 {
			s.short[name] += more
			missing = append(missing, s.shortage(name, n, more))
		}
	}
	if len(missing) > 0 {
		slices.Sort(missing)
		return nil, strings.Join(missing, "; ")
	}
	mine = map[string][]string{}
	for name, n := range need {
		mine[name], s.left[name] = s.left[name][:n:n], s.left[name][n:]
	}
	return mine, ""
}

// more takes one token more than was set aside; false if none is left.
func (s *tokenPool) more(name string, now time.Time) (raw string, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropExpired(name, now)
	left := s.left[name]
	if len(left) == 0 {
		s.short[name]++
		return "", false
	}
	s.left[name] = left[1:]
	return left[0], true
}

func (s *tokenPool) shortage(name string, need, more int) string {
	text := fmt.Sprintf("it needs %d tokens of user %q and finds %d", need, name, need-more)
	if n := s.expired[name]; n > 0 {
		text += fmt.Sprintf(" (%d expired before their turn)", n)
	}
	return fmt.Sprintf("%s: give %d more", text, more)
}

func (s *tokenPool) dropExpired(name string, now time.Time) {
	fresh := slices.DeleteFunc(s.left[name], func(raw string) bool {
		t, err := parseToken(raw)
		if err != nil {
			return true
		}
		exp, ok := t.Exp()
		return ok && exp.Sub(now) < token.LeastGiven
	})
	s.expired[name] += len(s.left[name]) - len(fresh)
	s.left[name] = fresh
}

// release returns the tokens that a scenario did not use.
func (s *tokenPool) release(unused map[string][]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, tokens := range unused {
		s.left[name] = append(s.left[name], tokens...)
	}
}

// note says what the whole run was short of; empty if nothing.
func (s *tokenPool) note() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []string
	for name, n := range s.short {
		all = append(all, fmt.Sprintf("%d more of user %q", n, name))
	}
	slices.Sort(all)
	if len(all) == 0 {
		return ""
	}
	return "given tokens ran out: with " + strings.Join(all, " and ") + " every scenario could have run"
}

// tokensFor sets aside what the scenario needs for the users that it was lent.
// Where no tokens were given there is nothing to set aside.
func (r *run) tokensFor(s Scenario, users []User) (mine map[string][]string, why string) {
	if r.contract.LoginWay() != contract.ByTokens {
		return nil, ""
	}
	powers := r.target.Powers()
	p := newPlanPlay(s, r.contract, &powers)
	p.users, p.maxWait, p.largest = users, r.maxWait(), r.options.Largest
	_, _ = catch(func() { s.Run(p) })
	return r.tokens.reserve(p.sender.(*plan).logins, time.Now().Add(r.observed.Ahead))
}

func (r *run) maxWait() time.Duration {
	if limit := r.contract.Limits.MaxWait; limit > 0 {
		return min(r.options.MaxWait, limit)
	}
	return r.options.MaxWait
}

// all takes every token out of the pool.
func (s *tokenPool) all() map[string][]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	left := maps.Clone(s.left)
	clear(s.left)
	return left
}

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
