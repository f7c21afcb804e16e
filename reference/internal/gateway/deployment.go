package gateway

import (
	"context"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"

	"github.com/revocheck/revocheck/reference/internal/session"
	"github.com/revocheck/revocheck/reference/store"
	"github.com/revocheck/revocheck/reference/token"
)

// Deployment is one gateway in several replicas.
type Deployment struct {
	site  *Site
	store *openStore
	start func(*store.Breakable) *Process

	mu       sync.Mutex
	replicas []*replica
}

// replica is a handler whose process can be replaced under it. Its way to the
// store is its own.
type replica struct {
	running atomic.Pointer[Process]
	link    *store.Breakable
}

// ServeHTTP has the running process answer.
func (r *replica) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	r.running.Load().ServeHTTP(w, req)
}

// Start builds a deployment in which plant, unless it is nil, replaces
// parts of each process. Errors say which setting is wrong, or that the store
// cannot be opened.
func Start(cfg Config, replicas int, plant func(*Site) func(*Process)) (*Deployment, error) {
	if replicas < 1 {
		return nil, fmt.Errorf("%d replicas are not enough; at least 1 is needed", replicas)
	}
	cfg, err := cfg.WithDefaults()
	if err != nil {
		return nil, err
	}
	s, opened, err := newSite(cfg)
	if err != nil {
		return nil, err
	}
	d := &Deployment{site: s, store: opened, start: starter(s, plant)}
	for range replicas {
		d.add()
	}
	return d, nil
}

// starter starts processes of a site, with the fault that is planted in it.
func starter(s *Site, plant func(*Site) func(*Process)) func(*store.Breakable) *Process {
	change := func(*Process) {}
	if plant != nil {
		change = plant(s)
	}
	return func(link *store.Breakable) *Process {
		p := newProcess(s, link)
		change(p)
		return p
	}
}

func newSite(cfg Config) (*Site, *openStore, error) {
	keys, err := keysOf(cfg)
	if err != nil {
		return nil, nil, err
	}
	backend, err := newBackend(cfg)
	if err != nil {
		return nil, nil, err
	}
	if cfg.LogWriter != nil {
		cfg.LogWriter = &lockedWriter{w: cfg.LogWriter}
	}
	opened, err := open(cfg)
	if err != nil {
		return nil, nil, err
	}
	var book *session.Book
	if cfg.Sessions.Refresh {
		book = session.NewBook(cfg.Sessions, cfg.Clock.Now)
	}
	return &Site{
		Config: cfg, Keys: keys, Backend: backend, Book: book,
		List: opened.Store, sessions: opened.sessions, hearsay: &hearsay{numbers: map[*store.Breakable]int{}},
	}, opened, nil
}

func keysOf(cfg Config) (*token.Keys, error) {
	if cfg.Key == nil {
		return token.NewKeys(cfg.Alg)
	}
	return token.KeysFrom(cfg.Alg, cfg.Key)
}

func (d *Deployment) add() *replica {
	d.mu.Lock()
	defer d.mu.Unlock()
	r := &replica{link: store.NewBreakable(d.store)}
	r.running.Store(d.start(r.link))
	d.replicas = append(d.replicas, r)
	return r
}

// Replicas are the handlers of the replicas, in the order in which they
// joined.
func (d *Deployment) Replicas() []http.Handler {
	d.mu.Lock()
	defer d.mu.Unlock()
	handlers := make([]http.Handler, len(d.replicas))
	for i, r := range d.replicas {
		handlers[i] = r
	}
	return handlers
}

// AddReplica starts a replica that shares everything but process memory.
func (d *Deployment) AddReplica() (http.Handler, error) { return d.add(), nil }

// Restart replaces the process of replica i, counted from 0. Its memory is
// lost; its handler stays valid.
func (d *Deployment) Restart(i int) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if i < 0 || i >= len(d.replicas) {
		return fmt.Errorf("there is no replica %d; there are %d", i, len(d.replicas))
	}
	d.replicas[i].running.Store(d.start(d.replicas[i].link))
	return nil
}

// Config is the configuration in force: defaults and what the fault needs are
// filled in.
func (d *Deployment) Config() Config { return d.site.Config }

// PublicKeyPEM is the key that verifies the deployment's tokens, as a PKIX
// block (RFC 7468, section 13); nil for an HMAC, which has none.
func (d *Deployment) PublicKeyPEM() []byte {
	der, err := x509.MarshalPKIXPublicKey(d.site.Keys.Public())
	if err != nil {
		return nil
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

// Backend is the built-in backend; nil if another one was configured.
func (d *Deployment) Backend() *EchoBackend { return d.site.Backend.Echo }

// StoreSize is the number of entries that the store holds and that have not
// ended: revocations, and what the strategy records at a login.
func (d *Deployment) StoreSize(ctx context.Context) (int, error) { return d.store.Len(ctx) }

// Close frees the store.
func (d *Deployment) Close() error { return d.store.Close() }

// Mint signs a token with the deployment's key, to make tokens that no login
// would give. The usual claims are filled in where they are missing, for user
// alice; a claim whose value is nil is left out. Header works likewise. The
// strategy takes note of the token as it does at a login.
func (d *Deployment) Mint(claims, header map[string]any) (string, error) {
	d.mu.Lock()
	p := d.replicas[0].running.Load()
	d.mu.Unlock()
	full := p.Claims("alice", p.Config.Lifetime)
	maps.Copy(full, claims)
	maps.DeleteFunc(full, func(_ string, value any) bool { return value == nil })
	raw, err := p.Issue(context.Background(), full, header)
	if err != nil {
		return "", fmt.Errorf("minting a token: %w", err)
	}
	return raw, nil
}
