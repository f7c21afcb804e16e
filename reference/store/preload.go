package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"time"

	"github.com/redis/go-redis/v9"
)

// Kind is what a revocation leaves behind in a store.
type Kind uint8

// The kinds.
const (
	Entry  Kind = iota // a key in a List
	CutOff             // a record of Generations
)

// How many revocations go into one pipeline or one transaction: few enough for
// a slow server to answer within the time-out of one read, and many since each
// transaction writes most pages of a table whose keys are digests.
const (
	pipelined  = 1000
	transacted = 10_000
)

// Preload puts n revocations of tokens that nobody holds into a store, many at
// a time, so that what a large store costs can be measured.
func Preload(ctx context.Context, s Store, kind Kind, n int, ttl time.Duration) error {
	if b, ok := s.(*Breakable); ok {
		s = b.Store
	}
	var fill func(context.Context, Kind, int, int, time.Duration) error
	bulk := pipelined
	switch s := s.(type) {
	case *ownServer:
		fill = s.preload
	case *Redis:
		fill = s.preload
	case *SQLite:
		fill, bulk = s.preload, transacted
	default:
		return preloadEach(ctx, s, kind, n, ttl)
	}
	for from := 0; from < n; from += bulk {
		if err := fill(ctx, kind, from, min(from+bulk, n), ttl); err != nil {
			return err
		}
	}
	return nil
}

func preloadEach(ctx context.Context, s Store, kind Kind, n int, ttl time.Duration) error {
	for i := range n {
		err := ctx.Err()
		switch {
		case err != nil:
		case kind == CutOff:
			err = s.Raise(ctx, preloaded(i), 1, ttl)
		default:
			err = s.Add(ctx, preloaded(i), ttl)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// preloaded is the key of revocation i: as long as a digest, and spread like
// one.
func preloaded(i int) string {
	sum := sha256.Sum256(binary.LittleEndian.AppendUint64([]byte("preloaded"), uint64(i)))
	return string(sum[:16])
}

func (r *Redis) preload(ctx context.Context, kind Kind, from, to int, ttl time.Duration) error {
	sort := map[Kind]string{Entry: "dead:", CutOff: "generation:"}[kind]
	_, err := r.client.Pipelined(ctx, func(p redis.Pipeliner) error {
		for i := from; i < to; i++ {
			p.Set(ctx, r.prefix+sort+preloaded(i), 1, ttl)
		}
		return nil
	})
	return asUnreachable(err)
}

func (s *SQLite) preload(ctx context.Context, kind Kind, from, to int, ttl time.Duration) error {
	return s.write(ctx, func() error { return s.preloadAtOnce(ctx, kind, from, to, ttl) })
}

func (s *SQLite) preloadAtOnce(ctx context.Context, kind Kind, from, to int, ttl time.Duration) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	err = s.preloadRows(ctx, tx, kind, from, to, ttl)
	if err == nil {
		return tx.Commit()
	}
	_ = tx.Rollback() // what failed before is the error to tell
	return err
}

func (s *SQLite) preloadRows(ctx context.Context, tx *sql.Tx, kind Kind, from, to int, ttl time.Duration) error {
	insert := `INSERT OR IGNORE INTO sessions (id, user, active, ends) VALUES (?, '', 0, ?)`
	if kind == CutOff {
		insert = `INSERT OR IGNORE INTO generations (user, number, ends) VALUES (?, 1, ?)`
	}
	rows, err := tx.PrepareContext(ctx, insert)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	ends := s.ends(ttl)
	for i := from; i < to && err == nil; i++ {
		_, err = rows.ExecContext(ctx, blob(preloaded(i)), ends)
	}
	return err
}
