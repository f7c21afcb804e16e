package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Join implements Generations.
func (s *SQLite) Join(ctx context.Context, user string, ttl time.Duration) (int64, error) {
	return s.raise(ctx, user, 0, ttl)
}

// Generation implements Generations.
func (s *SQLite) Generation(ctx context.Context, user string) (int64, error) {
	var number int64
	err := s.db.QueryRowContext(ctx,
		`SELECT number FROM generations WHERE user = ? AND (ends IS NULL OR ends > ?)`, blob(user), s.now()).Scan(&number)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return number, asUnreachable(err)
}

// Raise implements Generations.
func (s *SQLite) Raise(ctx context.Context, user string, to int64, ttl time.Duration) error {
	_, err := s.raise(ctx, user, to, ttl)
	return err
}

// raise is one statement, and so atomic. A record that has ended is begun
// anew. In SQLite max() of a NULL is NULL, which is what never ending means.
func (s *SQLite) raise(ctx context.Context, user string, to int64, ttl time.Duration) (int64, error) {
	var number int64
	err := s.write(ctx, func() error {
		return s.db.QueryRowContext(ctx, `INSERT INTO generations (user, number, ends) VALUES (?1, ?2, ?3)
  ON CONFLICT (user) DO UPDATE SET
    number = CASE WHEN ends <= ?4 THEN excluded.number ELSE max(number, excluded.number) END,
    ends = CASE WHEN ends <= ?4 THEN excluded.ends ELSE max(ends, excluded.ends) END
  RETURNING number`, blob(user), to, s.ends(ttl), s.now()).Scan(&number)
	})
	return number, err
}
