// Package decider runs the strategies without HTTP, keys and passwords: what a
// simulation asks of them, millions of times a second, on its own clock.
package decider

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"
	"time"
	"unsafe"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/internal/propagation"
	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/token"
)

// Ticket is what of a token a strategy looks at.
type Ticket struct {
	// Key stands for iss and jti: a store knows the token by it, in place of the
	// digest of both.
	Key        [16]byte
	User       uint64 // sub
	Expires    int64  // exp, in seconds since the epoch
	Generation int64  // gen; Issue sets it
}

// Network says how long an entry takes from one region to another; see
// propagation.Network.
type Network = propagation.Network

// Never is the delay of what is lost on its way.
const Never = propagation.Never

// Settings are those of a Decider.
type Settings struct {
	Strategy string
	Clock    clock.Clock
	Regions  int // 0 is one
	// Leeway is how long after exp a token is still accepted.
	Leeway time.Duration
	// Open has calls let through while the store cannot be asked.
	Open bool
	// UserScope has a logout end every session of its user.
	UserScope bool
	// Network is between the regions; nil where all of them ask one store.
	Network Network
	// Fails says whether a use of the store does; nil for never.
	Fails func() bool
	// Most is how many entries the store holds before it drops the oldest; 0 for
	// no bound.
	Most int
	// Recent is how far back FailOver can go.
	Recent time.Duration
}

// Decider is one strategy in all regions. It is not safe for concurrent use.
type Decider struct {
	settings   Settings
	store      *linked
	strategies []strategy.Strategy // by region

	scratch    token.Token
	generation int64 // in its claims
	key        [16]byte
	user       [8]byte
	claims     map[string]any
	session    strategy.Session
}

var background = context.Background()

// New makes a decider of one of the strategies.
func New(s Settings) (*Decider, error) {
	s.Regions = max(s.Regions, 1)
	d := &Decider{settings: s, store: newLinked(s), claims: map[string]any{}}
	d.scratch = token.WithClaims(map[string]any{"gen": 0.0})
	d.session = strategy.Session{Token: &d.scratch, Key: func() string { return unsafe.String(&d.key[0], len(d.key)) }}
	notes := &propagation.Notes{}
	d.store.notes = notes
	for region := range s.Regions {
		with := d.resources(propagation.View{Notes: notes, Network: s.Network, Replica: region, Now: s.Clock.Now})
		one := strategy.New(s.Strategy, with)
		if one == nil {
			return nil, fmt.Errorf("there is no strategy %q; there are %s", s.Strategy, strings.Join(strategy.Names(), ", "))
		}
		d.strategies = append(d.strategies, one)
	}
	return d, nil
}

// resources are those of a region. The key of a user is the user.
func (d *Decider) resources(view propagation.View) strategy.Resources {
	with := strategy.Resources{
		List: d.store, Generations: d.store, Sessions: d.store, UserScope: d.settings.UserScope,
		TTL: func(t *token.Token) time.Duration {
			return strategy.Remaining(t, d.settings.Clock.Now(), d.settings.Leeway)
		},
		UserKey: func(subject string) string { return subject },
	}
	if view.Network != nil && d.settings.Regions > 1 {
		with.List, with.Generations, with.Sessions = view.List(d.store), view.Generations(d.store), view.Sessions(d.store)
	}
	return with
}

// show puts a ticket where the strategies see it. It allocates nothing: a store
// copies the key that it keeps.
func (d *Decider) show(t *Ticket) strategy.Session {
	d.key = t.Key
	binary.LittleEndian.PutUint64(d.user[:], t.User)
	d.scratch.Subject = unsafe.String(&d.user[0], len(d.user))
	d.scratch.Expires = time.Unix(t.Expires, 0)
	if d.generation != t.Generation { // a map is slow
		d.generation = t.Generation
		d.scratch.Claims()["gen"] = float64(t.Generation)
	}
	return d.session
}

// Issue stamps and records a token that is granted in a region. An error means
// that the store could not be asked: there is no token.
func (d *Decider) Issue(region int, t *Ticket) error {
	d.show(t)
	d.claims["sub"], d.claims["exp"] = strings.Clone(d.scratch.Subject), t.Expires
	delete(d.claims, "gen")
	if err := d.strategies[region].Stamp(background, d.claims); err != nil {
		return err
	}
	if generation, ok := d.claims["gen"].(int64); ok {
		t.Generation = generation
	}
	return d.strategies[region].Issued(background, d.show(t))
}

// Check tells whether a region lets a call with the token through. With an error
// it could not ask its store, and did what its posture says.
func (d *Decider) Check(region int, t *Ticket) (bool, error) {
	now := d.settings.Clock.Now()
	if !now.Before(time.Unix(t.Expires, 0).Add(d.settings.Leeway)) { // as token.Verifier has it
		return false, nil
	}
	alive, err := d.strategies[region].Alive(background, d.show(t))
	if err != nil {
		return d.settings.Open, err
	}
	return alive, nil
}

// End ends the token in a region. An error means that it was not.
func (d *Decider) End(region int, t *Ticket) error {
	return d.strategies[region].End(background, d.show(t))
}
