package gateway

import (
	"context"
	"fmt"
	"strings"

	"github.com/revocheck/revocheck/reference/store"
)

// openStore is the store of a deployment, with what else is known of it.
type openStore struct {
	store.Store
	breakable *store.Breakable // nil if it is outside this process
	sessions  store.Sessions   // nil unless the store has them
}

func open(cfg Config) (*openStore, error) {
	file, isFile := strings.CutPrefix(cfg.Store, "sqlite:")
	switch {
	case isFile, cfg.Store == "sqlite", cfg.Strategy == "server-store":
		return openSQLite(file, isFile, cfg)
	case cfg.Store == "memory":
		return inProcess(store.NewMemory(cfg.Clock)), nil
	case cfg.Store == "miniredis":
		s, err := store.OpenMiniredis(cfg.Clock)
		return inProcess(s), err
	case strings.Contains(cfg.Store, "://"):
		r, err := store.OpenRedis(context.Background(), cfg.Store, cfg.WaitReplicas)
		return &openStore{Store: r}, err
	}
	return nil, fmt.Errorf("unknown store %q; it is memory, miniredis, sqlite, sqlite:FILE or a Redis URL", cfg.Store)
}

func openSQLite(file string, isFile bool, cfg Config) (*openStore, error) {
	if !isFile {
		file = ""
	}
	s, err := store.OpenSQLite(file, cfg.Clock)
	if err != nil {
		return nil, err
	}
	opened := inProcess(s)
	opened.sessions = store.BreakableSessions{Sessions: s, Breakable: opened.breakable}
	return opened, nil
}

func inProcess(s store.Store) *openStore {
	b := store.NewBreakable(s)
	return &openStore{Store: b, breakable: b}
}
