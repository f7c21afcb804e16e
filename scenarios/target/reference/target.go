// Package reference makes a target of the reference gateway, in process: its
// clock can be moved, its replicas restarted and its store taken away.
package reference

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/handler"
)

// Target is the reference gateway in process.
type Target struct {
	handler.Target
	config   reference.Config
	replicas int
	outside  Outside
}

var _ scenarios.AlgorithmTarget = (*Target)(nil)

// New makes a target of the gateway that the configuration describes. Errors
// say which setting is wrong.
func New(cfg reference.Config, replicas int) (*Target, error) {
	return Over(cfg, replicas, Outside{})
}

// Over makes a target of the gateway over a store outside this process, which
// the configuration names by its URL.
func Over(cfg reference.Config, replicas int, outside Outside) (*Target, error) {
	t := &Target{config: cfg, replicas: replicas, outside: outside}
	probe, g, err := t.start()
	if err != nil {
		return nil, err
	}
	effective := probe.Config()
	t.Target = handler.Target{
		Declares: outside.declared(Contract(effective)), About: subject(effective, replicas), ReplicaCount: replicas,
		HasBackend: g.Backend != nil, Has: g.Powers, Server: reference.Server,
		Start: func() (handler.Gateway, error) { _, g, err := t.start(); return g, err },
	}
	t.Has.AddReplica = func() (string, error) { return "", nil }
	return t, g.Close()
}

// Algorithms are those that the gateway can sign with.
func (t *Target) Algorithms() []string { return reference.Algorithms() }

// WithAlgorithm is the same gateway, signing with alg.
func (t *Target) WithAlgorithm(alg string) scenarios.Target {
	other := *t
	other.config.Alg = alg
	other.Start = func() (handler.Gateway, error) { _, g, err := other.start(); return g, err }
	other.Has.PublicKeyPEM = nil
	// A fault may need an algorithm of its own.
	if cfg, err := reference.Effective(other.config); err == nil && !strings.HasPrefix(cfg.Alg, "HS") {
		other.Has.PublicKeyPEM = func() []byte { return nil } // claimed; each instance has its own
	}
	return &other
}

// patience with a store in this process: on a busy machine it may answer late,
// which says nothing about the gateway.
const patience = 20 * time.Second

func (t *Target) start() (*reference.Deployment, handler.Gateway, error) {
	cfg, log := t.config, &logBuffer{}
	cfg.LogWriter = log
	if external(cfg.Store) {
		cfg.Store = apart(cfg.Store)
	}
	if cfg.StoreTimeout == 0 && !external(cfg.Store) {
		cfg.StoreTimeout = patience
	}
	var movable *clock.Movable
	if cfg.Clock == nil && !external(cfg.Store) {
		movable = clock.NewStopped() // what is timed shows on any machine
		cfg.Clock = movable
	}
	d, err := reference.Start(cfg, t.replicas)
	if err != nil {
		return nil, handler.Gateway{}, err
	}
	p, undo := t.outside.over(powers(d, movable, log))
	return d, handler.Gateway{
		Replicas: d.Replicas(), NewReplica: d.AddReplica, Close: func() error { return errors.Join(undo(), d.Close()) }, Backend: d.DirectBackend(), Powers: p,
	}, nil
}

// external reports whether a store lives outside this process, with a clock
// that cannot be moved.
func external(store string) bool { return strings.Contains(store, "://") }

func powers(d *reference.Deployment, movable *clock.Movable, log *logBuffer) scenarios.Powers {
	p := scenarios.Powers{Mint: d.Mint, Restart: d.Restart, StoreSize: d.StoreSize, Logs: log.String}
	if movable != nil {
		p.Now, p.Advance = movable.Now, movable.Advance
	}
	if key := d.PublicKeyPEM(); key != nil {
		p.PublicKeyPEM = func() []byte { return key }
	}
	p.MendStore, p.PartitionStore = d.MendStore, d.PartitionStore
	if !external(d.Config().Store) {
		p.BreakStore, p.SlowStore, p.ResetStore = d.BreakStore, d.SlowStore, d.ResetStore
		p.FillStore, p.RestartStore, p.FailOverStore = d.FillStore, d.RestartStore, d.FailOverStore
	}
	return p
}

// Contract is what a gateway of that effective configuration declares.
func Contract(cfg reference.Config) scenarios.Contract {
	return withSessions(cfg, scenarios.Contract{
		Name:  "reference gateway",
		Users: users(cfg),
		Login: scenarios.Login{
			Path: "/login", Token: "$.access_token", LifetimeField: "expires_in",
			MinLifetime: reference.MinLifetime, MaxLifetime: cfg.MaxLifetime,
		},
		Logout:     scenarios.Logout{Path: "/logout", Scope: scenarios.Scope(cfg.LogoutScope)},
		Introspect: introspection(cfg),
		Routes:     routes(cfg),
		OpenRoutes: []scenarios.Route{{Path: "/public"}},
		Refusal:    scenarios.Refusal{Statuses: scenarios.Statuses{cfg.RefusalStatus}},
		Leeway:     cfg.Leeway,
		LeakWindow: cfg.LeakWindow,
		Posture:    cfg.Posture,
		Survives:   survives(cfg),
		Hits:       &scenarios.HitCounter{URL: "/backend/hits"},
		Limits:     scenarios.Limits{Timeout: 30 * time.Second},
	})
}

func routes(cfg reference.Config) []scenarios.Route {
	list := []scenarios.Route{
		{Path: "/api/hello", Identity: "$.sub"},
		{Method: http.MethodPost, Path: "/api/orders", Body: `{"item":"tea"}`, ContentType: "application/json", Identity: "$.sub"},
		{Path: "/api/orders", Identity: "$.sub"},
	}
	if cfg.Streams {
		list = append(list, scenarios.Route{Path: reference.StreamPath, Stream: true, StreamWindow: cfg.StreamWindow})
	}
	return list
}

// introspection is what an effective configuration says of it; nil without one.
func introspection(cfg reference.Config) *scenarios.Introspect {
	if !cfg.Introspection {
		return nil
	}
	return &scenarios.Introspect{
		Path: reference.IntrospectionPath, ClientID: reference.IntrospectionClient, ClientSecret: reference.IntrospectionSecret,
		CacheWindow: cfg.IntrospectionWindow,
	}
}

// survives is what the stores in this process lose nothing by.
func survives(cfg reference.Config) []scenarios.Event {
	switch {
	case external(cfg.Store):
		return nil
	case cfg.Volatile:
		return []scenarios.Event{scenarios.FailoverEvent, scenarios.EvictionEvent}
	}
	return []scenarios.Event{scenarios.RestartEvent, scenarios.FailoverEvent, scenarios.EvictionEvent}
}

func users(cfg reference.Config) []scenarios.User {
	var list []scenarios.User
	for name, password := range cfg.Users {
		list = append(list, scenarios.User{Name: name, Password: password})
	}
	slices.SortFunc(list, func(a, b scenarios.User) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func subject(cfg reference.Config, replicas int) report.Subject {
	details := map[string]string{
		"strategy": cfg.Strategy, "algorithm": cfg.Alg, "replicas": fmt.Sprint(replicas), "logout scope": cfg.LogoutScope,
	}
	details["store"] = storeKind(cfg)
	if len(cfg.Variants) > 0 {
		details["variants"] = strings.Join(cfg.Variants, ", ")
	}
	if cfg.Fault != "" {
		details["planted fault"] = cfg.Fault
	}
	return report.Subject{Name: "reference gateway", Kind: "reference", Details: details}
}

// storeKind names a store without what its URL may hold.
func storeKind(cfg reference.Config) string {
	if cfg.Strategy == "server-store" {
		return "sqlite"
	}
	kind, _, _ := strings.Cut(cfg.Store, ":")
	return kind
}

// logBuffer keeps what a gateway logs.
type logBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}
