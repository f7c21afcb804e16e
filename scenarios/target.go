package scenarios

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios/wire"
)

// Target is a gateway under test.
type Target interface {
	// Subject identifies the target in reports.
	Subject() report.Subject
	// Contract is what the target declares; its endpoints may be empty until
	// it is opened.
	Contract() Contract
	// Powers says which powers an instance will have, without opening one.
	// Only whether a power is there is looked at.
	Powers() Powers
	// Open gives the instance that one scenario runs against. A target in
	// process gives each its own; a remote one gives all the same.
	Open(ctx context.Context) (*Instance, error)
	// Shared reports whether all scenarios run against one instance, so that
	// they have to keep out of each other's way.
	Shared() bool
}

// AlgorithmTarget is a Target whose tokens can be signed in several ways.
// Scenarios about the spelling of a token run once for each.
type AlgorithmTarget interface {
	Target
	Algorithms() []string
	// WithAlgorithm is the same target with tokens signed by alg.
	WithAlgorithm(alg string) Target
}

// Instance is a running target.
type Instance struct {
	// Endpoints are base URLs, one for each replica.
	Endpoints []string
	// Backend is the base URL of the backend itself, if it can be called.
	Backend string
	// Transport makes a transport with connections of its own, trusting what
	// the target's certificates need; nil for the default.
	Transport func() *http.Transport
	Powers    Powers
	// Close ends the instance; nil if there is nothing to end.
	Close func() error

	mu sync.Mutex
}

func (i *Instance) endpoints() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	return slices.Clone(i.Endpoints)
}

func (i *Instance) addEndpoint(url string) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.Endpoints = append(i.Endpoints, url)
	return len(i.Endpoints) - 1
}

func (i *Instance) close() error {
	if i.Close == nil {
		return nil
	}
	return i.Close()
}

// Powers are what the suite can do to a target other than over HTTP. A nil
// function is a power that it does not have.
type Powers struct {
	// Now is the target's clock, and Advance moves it. Both or none.
	Now     func() time.Time
	Advance func(time.Duration)
	// Login gets a new token of a user where the contract has login.oauth or
	// login.command. Its errors hold no secret.
	Login wire.Source
	// Mint signs a token as the issuer would. A claim or header field that is
	// nil is left out.
	Mint func(claims, header map[string]any) (string, error)
	// PublicKeyPEM is the issuer's public key, when there is one.
	PublicKeyPEM func() []byte
	// AddReplica starts one more replica and gives its base URL.
	AddReplica func() (string, error)
	// Restart restarts replica i: what it held in memory alone is gone.
	Restart func(i int) error
	StorePowers
	// StoreSize counts the entries that the store holds.
	StoreSize func(context.Context) (int, error)
	// Logs is all that the gateway has logged.
	Logs func() string
}

// Lacking names what the promised powers give and p does not, sorted.
func (p Powers) Lacking(promised Powers) []Capability {
	var lacking []Capability
	for _, c := range Capabilities() {
		alsoDeclared := capabilities[c].declared != nil // and then another one names the power
		if !alsoDeclared && promised.give(c) && !p.give(c) {
			lacking = append(lacking, c)
		}
	}
	return lacking
}
