package gateway

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/reference/internal/session"
	"github.com/revocheck/revocheck/reference/internal/strategy"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

// Issuer and Audience are the iss and aud of every token (RFC 7519, sections
// 4.1.1 and 4.1.3).
const (
	Issuer   = "revocheck-reference"
	Audience = "revocheck-api"
)

// What a logout ends.
const (
	ScopeToken = "token" // the token that was sent
	ScopeUser  = "user"  // every token of its user
)

// What a gateway does while its store cannot be asked.
const (
	PostureClosed = "closed"
	PostureOpen   = "open"
)

// MinLifetime is the shortest lifetime that a login grants.
const MinLifetime = time.Second

const (
	defaultLifetime      = time.Hour
	defaultShortLifetime = time.Minute
	defaultMaxLifetime   = 60 * 24 * time.Hour
	defaultStoreTimeout  = time.Second
)

// LogoutAllUser is a further user, whose sessions a suite may all end.
const LogoutAllUser = "dave"

// Config describes a gateway. Its zero value is a sound one.
type Config struct {
	Strategy string // one of Strategies; default denylist
	// Store holds what logouts leave behind: "memory" (the default),
	// "miniredis", "sqlite", "sqlite:FILE" or a Redis URL, as
	// store.OpenRedis reads it. Strategy server-store needs SQL: it uses
	// SQLite in memory unless a file is named.
	Store        string
	StoreTimeout time.Duration // for each use of the store; default 1 s
	WaitReplicas int           // Redis replicas that must have a logout before it is acknowledged
	Alg          string        // one of Algorithms; default HS256
	// Key is the signing key that processes share, as token.KeysFrom reads it;
	// default: one of this process alone.
	Key []byte

	// Posture is what the gateway does with a token while the store cannot be
	// asked: PostureClosed (default) serves no call, PostureOpen serves all.
	Posture string
	// Volatile: a store in this process forgets everything when it is
	// restarted, as a Redis without persistence does.
	Volatile bool
	// MarkStore ties each token to a mark in the store, so that a store which
	// forgot the logouts has forgotten the mark too, and every token of before
	// is refused.
	MarkStore bool
	// Propagation is how long, in real time, a replica takes to hear of a
	// logout at another one; 0 if all ask the store.
	Propagation time.Duration
	// LeakWindow is the longest time for which the gateway says that another
	// replica may accept a token after its logout; by default Propagation, or
	// store.TrackedWindow with cache=tracked in the URL of the store.
	LeakWindow time.Duration

	Clock clock.Clock // default: the machine's
	// Users maps names to passwords; default DefaultUsers.
	Users map[string]string

	Lifetime    time.Duration // when a login asks for none; default 1 h, short-expiry 1 min
	MaxLifetime time.Duration // a login is granted no more; default 60 days, short-expiry 1 min
	Leeway      time.Duration // tolerated clock skew at exp and nbf
	Lenient     Lenient
	AllowNoExp  bool // accept tokens without exp, which never end by themselves

	RefusalStatus       int    // of a refused token; default 401
	LogoutScope         string // ScopeToken (default) or ScopeUser; not-before is always ScopeUser
	SecondLogoutStatus  int    // of a logout with a dead token; default 204
	UnknownMethodStatus int    // of methods other than GET, HEAD and POST; default: they are forwarded
	NoJTI               bool   // issue tokens without jti
	IgnoreExpiresIn     bool   // grant Lifetime whatever a login asks for
	ExactScheme         bool   // accept only "Bearer" and "bearer", in no other case
	CloseConnections    bool   // close the connection after each answer, as behind an HTTP/1.0 proxy

	// Introspection has the gateway tell the client IntrospectionClient what has
	// become of a token (RFC 7662). IntrospectionWindow is how long an answer is
	// kept, by the Clock, and said to be.
	Introspection       bool
	IntrospectionWindow time.Duration
	// Sessions says what is offered beside login, call and logout; nothing by default.
	Sessions session.Rules

	// Streams has the gateway offer a stream of events at StreamPath, which asks
	// about its token once in a StreamWindow, before each event by default. When the
	// token is dead, so many StreamComments go on before the end. StreamBatch events
	// come at once, as through a proxy.
	Streams                     bool
	StreamWindow                time.Duration
	StreamComments, StreamBatch int

	// Claims are added to every token that a login grants; an aud replaces
	// Audience, which should be among its values.
	Claims map[string]any
	// ClaimsFor are further claims of each token, made anew for its user.
	ClaimsFor func(user string) map[string]any

	Variants []string // names of sound variants, applied in this order over the other settings
	Fault    string   // the name of a planted fault; default none

	LogWriter io.Writer // access log, JSON lines without tokens; default none
	// Backend and BackendURL say where accepted calls go: to a handler or to
	// an http(s) URL. Default: an EchoBackend.
	Backend    http.Handler
	BackendURL string
}

// Lenient lists ways in which a gateway may read more than the canonical form
// of a token and still be sound.
type Lenient struct {
	Base64  bool // unused last bits that are not zero
	Padding bool // '=' at the end of the signature
	Header  bool // spaces and tabs around the token; a header that repeats the same token
	Query   bool // query parameters access_token, token and jwt
	Form    bool // form fields of these names
	Cookie  bool // cookies of these names
}

// WithDefaults fills in what is not set and reports all contradictions.
func (c Config) WithDefaults() (Config, error) {
	c.Strategy = cmp.Or(c.Strategy, "denylist")
	c.Store = cmp.Or(c.Store, "memory")
	c.Alg = cmp.Or(c.Alg, token.DefaultAlgorithm)
	c.StoreTimeout = cmp.Or(c.StoreTimeout, defaultStoreTimeout)
	c.LogoutScope = cmp.Or(c.LogoutScope, ScopeToken)
	c.Posture = cmp.Or(c.Posture, PostureClosed)
	if store.Tracked(c.Store) {
		c.LeakWindow = cmp.Or(c.LeakWindow, store.TrackedWindow)
	}
	c.LeakWindow = cmp.Or(c.LeakWindow, c.Propagation)
	c.RefusalStatus = cmp.Or(c.RefusalStatus, http.StatusUnauthorized)
	c.SecondLogoutStatus = cmp.Or(c.SecondLogoutStatus, http.StatusNoContent)
	if c.Clock == nil {
		c.Clock = clock.System()
	}
	if c.Users == nil {
		c.Users = DefaultUsers()
	}
	c.Sessions.Refresh = c.Sessions.Refresh || c.Sessions.Revoke || c.Sessions.LogoutAll
	if c.Sessions.LogoutAll {
		c.Users = maps.Clone(c.Users)
		c.Users[LogoutAllUser] = "signs-out-everywhere"
	}
	if c.Strategy == "not-before" {
		c.LogoutScope = ScopeUser
	}
	c = c.withLifetimes()
	return c, c.validate()
}

func (c Config) withLifetimes() Config {
	if c.Strategy == "short-expiry" {
		c.Lifetime = cmp.Or(c.Lifetime, defaultShortLifetime)
		c.MaxLifetime = cmp.Or(c.MaxLifetime, defaultShortLifetime)
	}
	c.MaxLifetime = cmp.Or(c.MaxLifetime, defaultMaxLifetime)
	c.Lifetime = cmp.Or(c.Lifetime, min(defaultLifetime, c.MaxLifetime))
	return c
}

func (c Config) validate() error {
	return errors.Join(
		oneOf("strategy", c.Strategy, strategy.Names()),
		oneOf("algorithm", c.Alg, token.Algorithms()),
		oneOf("logout scope", c.LogoutScope, []string{ScopeToken, ScopeUser}),
		oneOf("posture", c.Posture, []string{PostureClosed, PostureOpen}),
		status("refusal status", c.RefusalStatus, 400, 499),
		status("status of a second logout", c.SecondLogoutStatus, 200, 499),
		c.validateLifetimes(),
		c.validateBackend(),
	)
}

func (c Config) validateLifetimes() error {
	switch {
	case c.Lifetime < MinLifetime:
		return fmt.Errorf("lifetime %v is too short; at least %v is needed", c.Lifetime, MinLifetime)
	case c.MaxLifetime < c.Lifetime:
		return fmt.Errorf("maximum lifetime %v is less than the lifetime %v", c.MaxLifetime, c.Lifetime)
	case c.Leeway < 0 || c.StoreTimeout < 0:
		return fmt.Errorf("leeway %v and store time-out %v must not be negative", c.Leeway, c.StoreTimeout)
	case c.Propagation < 0 || c.LeakWindow < 0:
		return fmt.Errorf("propagation %v and leak window %v must not be negative", c.Propagation, c.LeakWindow)
	case c.IntrospectionWindow < 0 || c.StreamWindow < 0:
		return fmt.Errorf("introspection window %v and stream window %v must not be negative", c.IntrospectionWindow, c.StreamWindow)
	case c.WaitReplicas > 0 && !strings.Contains(c.Store, "://"):
		return fmt.Errorf("%d replicas to wait for: only a Redis has replicas, and the store is %s", c.WaitReplicas, c.Store)
	case c.WaitReplicas < 0:
		return fmt.Errorf("%d replicas to wait for: the number must not be negative", c.WaitReplicas)
	}
	return nil
}

func (c Config) validateBackend() error {
	if c.Backend != nil && c.BackendURL != "" {
		return errors.New("both a backend handler and a backend URL are given; leave one out")
	}
	return nil
}

func oneOf(what, got string, known []string) error {
	if slices.Contains(known, got) {
		return nil
	}
	return fmt.Errorf("unknown %s %q; it is one of %s", what, got, strings.Join(known, ", "))
}

func status(what string, got, least, most int) error {
	if least <= got && got <= most {
		return nil
	}
	return fmt.Errorf("%s %d is not between %d and %d", what, got, least, most)
}

// DefaultUsers are the demonstration users and their passwords. They protect
// nothing.
func DefaultUsers() map[string]string {
	return map[string]string{
		"alice": "correct-horse",
		"bob":   "battery-staple",
		"carol": "tr0ub4dor-and-3",
	}
}
