package propagation

import (
	"context"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/store"
)

// View is what one replica sees of the entries that all of them share.
type View struct {
	*Notes
	Network Network
	Replica int
	Now     func() time.Time
}

// heard tells whether the replica knows of an entry of a list.
func (v View) heard(key string) bool {
	number, all := v.Known(v.Network, key, v.Replica, v.Now())
	return all || number > 0
}

// List is a list as the replica sees it.
func (v View) List(of store.List) store.List { return list{of, v} }

// Generations are generations as the replica sees them.
func (v View) Generations(of store.Generations) store.Generations { return generations{of, v} }

// Sessions are sessions as the replica sees them: it knows at once of those that
// were opened, and late of those that list ended.
func (v View) Sessions(of store.Sessions) store.Sessions { return sessions{of, v} }

type list struct {
	store.List
	View
}

// Add makes a note unless all know the entry already.
func (l list) Add(ctx context.Context, key string, ttl time.Duration) error {
	before, err := l.List.Has(ctx, key)
	if err == nil {
		err = l.List.Add(ctx, key, ttl)
	}
	if err != nil {
		return err
	}
	if _, all := l.Known(l.Network, key, l.Replica, l.Now()); !before || !all {
		l.Make(l.Network, strings.Clone(key), l.Replica, 0, 1, l.Now(), ttl)
	}
	return nil
}

// Has asks the list all the same: a replica that cannot reach it cannot tell.
func (l list) Has(ctx context.Context, key string) (bool, error) {
	has, err := l.List.Has(ctx, key)
	if !has || err != nil {
		return false, err
	}
	return l.heard(key), nil
}

type generations struct {
	store.Generations
	View
}

// Raise makes a note of a generation that rises.
func (g generations) Raise(ctx context.Context, user string, to int64, ttl time.Duration) error {
	before, err := g.Generations.Generation(ctx, user)
	if err == nil {
		err = g.Generations.Raise(ctx, user, to, ttl)
	}
	if err == nil && to > before {
		g.Make(g.Network, strings.Clone(user), g.Replica, before, to, g.Now(), ttl)
	}
	return err
}

// Generation is the one that the replica knows.
func (g generations) Generation(ctx context.Context, user string) (int64, error) {
	number, err := g.Generations.Generation(ctx, user)
	if number == 0 || err != nil {
		return number, err
	}
	if known, all := g.Known(g.Network, user, g.Replica, g.Now()); !all {
		return min(known, number), nil
	}
	return number, nil
}

type sessions struct {
	store.Sessions
	View
}

// Active takes a session that was ended for an open one until the replica has
// heard of it.
func (s sessions) Active(ctx context.Context, key string) (bool, error) {
	active, err := s.Sessions.Active(ctx, key)
	if active || err != nil {
		return active, err
	}
	return !s.heard(key), nil
}
