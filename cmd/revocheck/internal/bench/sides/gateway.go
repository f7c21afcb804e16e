package sides

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/revocheck/revocheck/reference"
)

// Config describes a reference gateway to be measured.
type Config struct {
	Strategy string `json:"strategy"`
	Store    string `json:"store"` // as reference.Config has it
	Alg      string `json:"alg"`
	Replicas int    `json:"replicas"`
	Fault    string `json:"fault,omitempty"`
	// Key signs the tokens; a key of its own without it.
	Key []byte `json:"key,omitempty"`
	// Backend is the URL that accepted calls go to; a built-in one without it.
	Backend string `json:"backend,omitempty"`
	// Throwaway means that the store ends with the bench, so that what was
	// preloaded need not be taken out again.
	Throwaway bool `json:"throwaway,omitempty"`
	// Work is what every call takes of the processor beside the check, as a
	// backend would.
	Work time.Duration `json:"work,omitempty"`
	// Delay is added to every call, so that a bench can show that it finds
	// what is there.
	Delay time.Duration `json:"delay,omitempty"`
}

// Address is where a running gateway can be reached.
type Address struct {
	Endpoints []string `json:"endpoints"` // a base URL for each replica
	// Control is the base URL at which tokens are minted and revocations
	// preloaded. Its path is a secret between the gateway and who started it.
	Control string `json:"control"`
}

// gateway is a deployment with its listeners on the loopback interface.
type gateway struct {
	Address
	config  Config
	site    *site
	servers []*http.Server
	done    sync.WaitGroup
	undo    []func(context.Context) error
}

// site is what a gateway is made of.
type site struct {
	replicas []http.Handler
	mint     func(claims, header map[string]any) (string, error)
	now      func() time.Time
	size     func(context.Context) (int, error) // entries in the store; nil if not known
	// fill preloads revocations; nil when only logouts can.
	fill  func(ctx context.Context, n int, ttl time.Duration) error
	close func() error
}

// ownStoreTimeout is for a store in the gateway's process: it answers late only
// where the machine is busy, which is measured and is no fault.
const ownStoreTimeout = 20 * time.Second

func startSite(c Config) (*site, error) {
	if Policies(c.Strategy) {
		return startPolicies(c)
	}
	if c.Strategy == Bare || c.Strategy == service {
		return startBare(c)
	}
	cfg := reference.Config{Strategy: c.Strategy, Store: c.Store, Alg: c.Alg, Fault: c.Fault, Key: c.Key, BackendURL: c.Backend}
	if !strings.Contains(c.Store, "://") {
		cfg.StoreTimeout = ownStoreTimeout
	}
	d, err := reference.Start(cfg, max(1, c.Replicas))
	if err != nil {
		return nil, err
	}
	return &site{replicas: d.Replicas(), mint: d.Mint, now: time.Now, size: d.StoreSize, fill: d.Preload, close: d.Close}, nil
}

func startGateway(c Config) (*gateway, error) {
	s, err := startSite(c)
	if err != nil {
		return nil, err
	}
	g := &gateway{config: c, site: s}
	for _, replica := range s.replicas {
		url, err := g.listen(delayed(replica, c.Work+c.Delay))
		if err != nil {
			return nil, errors.Join(err, g.close(context.Background()))
		}
		g.Endpoints = append(g.Endpoints, url)
	}
	secret := rand.Text()
	url, err := g.listen(g.control("/" + secret))
	if err != nil {
		return nil, errors.Join(err, g.close(context.Background()))
	}
	g.Control = url + "/" + secret
	return g, nil
}

// delayed spins before each request, because a sleep of less than a
// millisecond is not exact.
func delayed(h http.Handler, d time.Duration) http.Handler {
	if d <= 0 {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for began := time.Now(); time.Since(began) < d; {
			continue
		}
		h.ServeHTTP(w, r)
	})
}

func (g *gateway) listen(h http.Handler) (string, error) {
	at, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("listening for the gateway under measurement: %w", err)
	}
	s := reference.Server(h)
	s.ErrorLog = log.New(io.Discard, "", 0)
	// Preloading millions of entries takes longer than a request may.
	s.WriteTimeout = 0
	g.servers = append(g.servers, s)
	g.done.Go(func() { _ = s.Serve(at) })
	return "http://" + at.Addr().String(), nil
}

func (g *gateway) close(ctx context.Context) error {
	var errs []error
	for _, undo := range g.undo {
		errs = append(errs, undo(ctx))
	}
	for _, s := range g.servers {
		errs = append(errs, s.Close())
	}
	g.done.Wait()
	return errors.Join(append(errs, g.site.close())...)
}
