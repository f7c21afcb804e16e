package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver, in pure Go

	"github.com/revocheck/revocheck/reference/clock"
)

// SQLite is a Store and Sessions behind database/sql. Rows end by the given
// clock.
type SQLite struct {
	db    *sql.DB
	keep  *sql.Conn // holds a database in memory open; nil for a file
	clock clock.Clock
	// writing holds one at a time. The database would give the others up after
	// a second, however long they may wait.
	writing chan struct{}
}

var (
	_ Store    = (*SQLite)(nil)
	_ Sessions = (*SQLite)(nil)
)

// A session that is not active was ended by a logout. Times are milliseconds
// since 1970; an end that is NULL never comes.
const schema = `
CREATE TABLE IF NOT EXISTS sessions (
  id BLOB PRIMARY KEY, user TEXT NOT NULL, active INTEGER NOT NULL, ends INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS sessions_user ON sessions (user);
CREATE INDEX IF NOT EXISTS sessions_ends ON sessions (ends);
CREATE TABLE IF NOT EXISTS generations (
  user BLOB PRIMARY KEY, number INTEGER NOT NULL, ends INTEGER
) STRICT, WITHOUT ROWID;`

// OpenSQLite opens the database in the file, or a new one in memory if file
// is empty.
func OpenSQLite(file string, c clock.Clock) (*SQLite, error) {
	s := &SQLite{clock: c, writing: make(chan struct{}, 1)}
	var err error
	if file == "" {
		err = s.openMemory()
	} else {
		err = s.openFile(file)
	}
	if err == nil {
		_, err = s.db.Exec(schema)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("opening the SQLite store: %w", err), s.Close())
	}
	return s, nil
}

func (s *SQLite) openFile(file string) error {
	dsn := url.URL{Scheme: "file", Opaque: url.PathEscape(file), RawQuery: url.Values{
		"_pragma": {"journal_mode(WAL)", "synchronous(FULL)", "busy_timeout(1000)"},
		"_txlock": {"immediate"},
	}.Encode()}
	db, err := sql.Open("sqlite", dsn.String())
	s.db = db
	return err
}

// memories numbers the databases in memory: those of one name are shared.
var memories atomic.Int64

// openMemory keeps one connection open and unused, because the database
// vanishes with its last connection, and a cancelled query closes its own.
// One further connection does all the work: several would lock each other out.
func (s *SQLite) openMemory() error {
	dsn := fmt.Sprintf("file:revocheck-%d?mode=memory&cache=shared", memories.Add(1))
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return err
	}
	s.db = db
	db.SetMaxOpenConns(2)
	s.keep, err = db.Conn(context.Background())
	return err
}

// Close implements Store.
func (s *SQLite) Close() error {
	var errs []error
	if s.keep != nil {
		errs = append(errs, s.keep.Close())
	}
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	return errors.Join(errs...)
}

// Forget drops every row.
func (s *SQLite) Forget() error {
	_, err := s.db.Exec("DELETE FROM sessions; DELETE FROM generations")
	return err
}

func (s *SQLite) write(ctx context.Context, do func() error) error {
	select {
	case s.writing <- struct{}{}:
	case <-ctx.Done():
		return unreachable(ctx.Err())
	}
	defer func() { <-s.writing }()
	return asUnreachable(do())
}

// exec writes by one statement.
func (s *SQLite) exec(ctx context.Context, statement string, args ...any) error {
	return s.write(ctx, func() error {
		_, err := s.db.ExecContext(ctx, statement, args...)
		return err
	})
}

// Len implements Store.
func (s *SQLite) Len(ctx context.Context) (int, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT
  (SELECT count(*) FROM sessions WHERE ends IS NULL OR ends > ?1) +
  (SELECT count(*) FROM generations WHERE ends IS NULL OR ends > ?1)`, s.now()).Scan(&n)
	return n, asUnreachable(err)
}

func (s *SQLite) now() int64 { return s.clock.Now().UnixMilli() }

// ends is the end of a row, rounded up.
func (s *SQLite) ends(ttl time.Duration) sql.NullInt64 {
	if ttl == Forever {
		return sql.NullInt64{}
	}
	return sql.NullInt64{Int64: s.now() + milliseconds(ttl) + 1, Valid: true}
}

// blob is a key as a column has it: bytes, since it need not be text.
func blob(key string) []byte { return []byte(key) }
