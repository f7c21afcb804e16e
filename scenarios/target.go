package scenarios

import (
	"context"
	"fmt"
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
	// TokenEndpoint does so for the token endpoint of login.oauth; nil for Transport.
	TokenEndpoint func() *http.Transport
	Powers        Powers
	// Panics are those of the target's handlers so far; nil if that cannot be
	// known.
	Panics func() []Panic
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

// Panic is one of a target's handler, in the process of the suite.
type Panic struct {
	What  string // the request and the value, in a line
	Stack string // from the panic on, as runtime/debug has it
}

func (i *Instance) panics() []Panic {
	if i.Panics == nil {
		return nil
	}
	return i.Panics()
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

// StorePowers are what the suite can do to the store of a target. A nil
// function is a power that it does not have.
type StorePowers struct {
	// BreakStore makes the store unreachable. MendStore takes back whatever was
	// done to the store and to the ways to it.
	BreakStore func() error
	MendStore  func() error
	// SlowStore makes every answer of the store come so much later.
	SlowStore func(by time.Duration) error
	// ResetStore breaks every connection to the store as it is used.
	ResetStore func() error
	// PartitionStore keeps replica i, from 0, from reaching the store.
	PartitionStore func(i int) error
	// FillStore uses up the store's memory.
	FillStore func() error
	// RestartStore restarts the store as a crash does, and FailOverStore has
	// its stand-in take over. What is not persisted or not replicated is gone.
	RestartStore  func() error
	FailOverStore func() error
}

// planStore are powers that do nothing, those of actual ones that are there.
func planStore(pl *plan, actual *Powers) StorePowers {
	if actual == nil {
		actual = &Powers{StorePowers: allStorePowers}
	}
	note := func(have func() error, what string) func() error {
		if have == nil {
			return nil
		}
		return func() error { pl.note(what); return nil }
	}
	p := StorePowers{
		BreakStore:    note(actual.BreakStore, "take the store away"),
		MendStore:     note(actual.MendStore, "bring the store back"),
		ResetStore:    note(actual.ResetStore, "reset the connections to the store"),
		FillStore:     note(actual.FillStore, "fill the store"),
		RestartStore:  note(actual.RestartStore, "restart the store"),
		FailOverStore: note(actual.FailOverStore, "fail the store over"),
	}
	if actual.SlowStore != nil {
		p.SlowStore = func(by time.Duration) error { pl.note(fmt.Sprintf("slow the store by %s", by)); return nil }
	}
	if actual.PartitionStore != nil {
		p.PartitionStore = func(i int) error { pl.note(fmt.Sprintf("cut replica %d off from the store", i+1)); return nil }
	}
	return p
}

func nothing() error { return nil }

var allStorePowers = StorePowers{
	BreakStore: nothing, MendStore: nothing, ResetStore: nothing, FillStore: nothing, RestartStore: nothing, FailOverStore: nothing,
	SlowStore:      func(time.Duration) error { return nil },
	PartitionStore: func(int) error { return nil },
}

// StoreSharer is a Target whose instances, though each is fresh, use one store
// and feel what happens to it.
type StoreSharer interface{ SharesStore() bool }

// alone reports whether no other scenario may run beside s.
func (r *run) alone(s Scenario) bool {
	if sharer, ok := r.target.(StoreSharer); ok && sharer.SharesStore() && s.harmsStore() {
		return true
	}
	return (s.Alone || s.Last) && r.target.Shared()
}

func (s Scenario) harmsStore() bool {
	for _, need := range s.Needs {
		if (Powers{StorePowers: allStorePowers}).give(need) && need != StorePartition {
			return true
		}
	}
	return false
}
