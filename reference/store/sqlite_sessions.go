package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Open implements Sessions. It also drops sessions that have ended.
func (s *SQLite) Open(ctx context.Context, key, user string, ttl time.Duration) error {
	if err := s.exec(ctx, `DELETE FROM sessions WHERE ends <= ?`, s.now()); err != nil {
		return err
	}
	return s.exec(ctx,
		`INSERT INTO sessions (id, user, active, ends) VALUES (?, ?, 1, ?) ON CONFLICT (id) DO NOTHING`,
		blob(key), user, s.ends(ttl))
}

// Active implements Sessions.
func (s *SQLite) Active(ctx context.Context, key string) (bool, error) {
	return s.has(ctx, `SELECT 1 FROM sessions WHERE id = ? AND active = 1 AND (ends IS NULL OR ends > ?)`, key)
}

// EndUser implements Sessions.
func (s *SQLite) EndUser(ctx context.Context, user string) error {
	return s.exec(ctx, `UPDATE sessions SET active = 0 WHERE user = ?`, user)
}

// Add implements List: it ends the session, also one that was never opened.
func (s *SQLite) Add(ctx context.Context, key string, ttl time.Duration) error {
	if ttl <= 0 && ttl != Forever {
		return nil
	}
	return s.exec(ctx, `INSERT INTO sessions (id, user, active, ends) VALUES (?, '', 0, ?)
  ON CONFLICT (id) DO UPDATE SET active = 0, ends = excluded.ends`, blob(key), s.ends(ttl))
}

// Has implements List: it tells whether the session was ended.
func (s *SQLite) Has(ctx context.Context, key string) (bool, error) {
	return s.has(ctx, `SELECT 1 FROM sessions WHERE id = ? AND active = 0 AND (ends IS NULL OR ends > ?)`, key)
}

func (s *SQLite) has(ctx context.Context, query, key string) (bool, error) {
	var one int
	err := s.db.QueryRowContext(ctx, query, blob(key), s.now()).Scan(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, asUnreachable(err)
}
