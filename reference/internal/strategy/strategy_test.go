package strategy_test

import (
	"testing"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

// gateway is as much of one as a strategy needs: no HTTP, and no keys.
type gateway struct {
	*testing.T
	strategy.Strategy
}

func over(t *testing.T, name string, userScope bool) gateway {
	t.Helper()
	sqlite, err := store.OpenSQLite("", clock.NewStopped())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sqlite.Close() })
	return gateway{t, strategy.New(name, strategy.Resources{
		List: sqlite, Generations: sqlite, Sessions: sqlite, UserScope: userScope,
		TTL: func(*token.Token) time.Duration { return time.Hour },
	})}
}

func (g gateway) login(user, id string) strategy.Session {
	g.Helper()
	claims := map[string]any{"sub": user, "jti": id}
	if err := g.Stamp(g.Context(), claims); err != nil {
		g.Fatal(err)
	}
	for name, value := range claims {
		if number, ok := value.(int64); ok {
			claims[name] = float64(number) // as JSON has it
		}
	}
	made := token.WithClaims(claims)
	t := &made
	t.ID, t.Subject = id, user
	s := strategy.Session{Token: t, Key: func() string { return strategy.TokenKey(t) }}
	if err := g.Issued(g.Context(), s); err != nil {
		g.Fatal(err)
	}
	return s
}

func (g gateway) want(what string, s strategy.Session, alive bool) {
	g.Helper()
	if got, err := g.Alive(g.Context(), s); got != alive || err != nil {
		g.Errorf("%s: alive is %v (%v), want %v", what, got, err, alive)
	}
}

// TestWhatALogoutEnds of each strategy: the token, its user's other session,
// never another user's.
func TestWhatALogoutEnds(t *testing.T) {
	for _, c := range []struct {
		name          string
		userScope     bool
		ends, sibling bool
	}{
		{"client-side", false, false, false},
		{"short-expiry", false, false, false},
		{"server-store", false, true, false},
		{"server-store", true, true, true},
		{"denylist", false, true, false},
		{"denylist", true, true, true},
		{"not-before", false, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := over(t, c.name, c.userScope)
			one, sibling, other := g.login("alice", "1"), g.login("alice", "2"), g.login("bob", "3")
			g.want("before its logout", one, true)
			if err := g.End(t.Context(), one); err != nil {
				t.Fatal(err)
			}
			g.want("after its logout", one, !c.ends)
			g.want("the user's other session", sibling, !c.sibling)
			g.want("another user's", other, true)
			g.want("a new login", g.login("alice", "4"), true)
		})
	}
}

func TestAMarkedStoreThatForgotAcceptsNoneOfBefore(t *testing.T) {
	memory := store.NewMemory(clock.NewStopped())
	with := strategy.Resources{List: memory, Generations: memory, TTL: func(*token.Token) time.Duration { return time.Hour }}
	g := gateway{t, strategy.Marked(strategy.New("denylist", with), with)}
	before := g.login("alice", "1")
	g.want("before", before, true)
	if err := memory.Forget(); err != nil {
		t.Fatal(err)
	}
	g.want("after the store forgot", before, false)
	g.want("a new login", g.login("alice", "2"), true)
}

func TestThereIsNoOtherStrategy(t *testing.T) {
	if s := strategy.New("hope", strategy.Resources{}); s != nil {
		t.Errorf("New of an unknown name is %v", s)
	}
}
