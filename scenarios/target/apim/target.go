// Package apim makes a target of API Management policy documents: the
// reference gateway issues and echoes, does nothing at logout, and stands
// behind an apim.Service, whose policies have to end the tokens.
package apim

import (
	"fmt"
	"maps"
	"strings"
	"time"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/token"
	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/handler"
)

// Strategy names the target among the strategies of the reference gateway.
var Strategy = gateway.Info{
	Name:    "apim-counter",
	Summary: "Logout counts against a rate-limit-by-key counter of the token, as the published recipe for API Management has it.",
}

// defaultRegions is enough to see whether the regions share what they know.
const defaultRegions = 2

// Options describe the service. The zero value is the published recipe on a
// classic tier with two regions.
type Options struct {
	// Policies are the documents; the published recipe if nil. Nothing is
	// mixed: documents that are given replace all of the recipe's.
	Policies map[apim.Scope]apim.Document
	// Fragments are what include-fragment names.
	Fragments map[string]apim.Document
	Tier      apim.Tier
	Threshold apim.Threshold
	// EmptyKey is what a counter does whose key is null or empty.
	EmptyKey apim.EmptyKey
	// Regions is the number of gateways, which are the target's replicas; 2
	// if 0.
	Regions int
	// Sync says whether the regions tell each other what they count. The zero
	// value is that they do not.
	Sync apim.Sync
	// ExternalCache connects an external cache, shared by all regions.
	ExternalCache bool
	// TokenHandler is how validate-jwt reads the spellings of a token.
	TokenHandler token.Handler
	// SubscriptionKey is demanded of every call, unless it is empty.
	SubscriptionKey string
	// NamedValues replace {{name}} in the documents. The address of the
	// issuer's OpenID configuration need not be given.
	NamedValues map[string]string
	// StoreDelay is how long what a cache is given takes to be found there.
	StoreDelay time.Duration
	// CountUnfinished runs postponed increments also for a request that ended
	// by an error or by return-response.
	CountUnfinished bool
	// NoJTI has the issuer give tokens no jti; those of Entra ID never have one.
	NoJTI bool
	// Lifetime is how long the issuer's tokens live when a login asks for
	// nothing, and at most; an hour, and 60 days, if 0. With it the issuer
	// keeps its key, so that no token is signed that lives longer.
	Lifetime time.Duration
	// Alg is one of Algorithms; RS256 if empty.
	Alg string
}

// Target is an API Management service in process.
type Target struct {
	handler.Target
	options Options
}

var _ scenarios.AlgorithmTarget = (*Target)(nil)

// New makes a target of the policies. What is wrong in them is returned as
// apim.LoadErrors.
func New(o Options) (*Target, error) {
	t := &Target{options: o.withDefaults()}
	if err := t.options.check(); err != nil {
		return nil, err
	}
	at := clock.NewStopped()
	probe, err := start(t.options, at)
	if err != nil {
		return nil, err
	}
	t.Target = handler.Target{
		Declares: contract(t.options, probe.issuer.Config()), About: subject(t.options),
		ReplicaCount: t.options.Regions, Has: probe.powers(at), Server: gateway.Server,
		Start: func() (handler.Gateway, error) { return open(t.options) },
	}
	return t, probe.issuer.Close()
}

func (o Options) withDefaults() Options {
	if o.Policies == nil {
		o.Policies = apim.Recipe()
	}
	if o.Regions == 0 {
		o.Regions = defaultRegions
	}
	if o.Alg == "" {
		o.Alg = algorithms[0]
	}
	named := map[string]string{apim.OpenIDConfigURL: token.LocalKeysURL}
	maps.Copy(named, o.NamedValues)
	o.NamedValues = named
	return o
}

func (o Options) check() error {
	if o.Regions < 1 {
		return fmt.Errorf("%d regions: there is at least one", o.Regions)
	}
	if o.Lifetime != 0 && o.Lifetime < gateway.MinLifetime {
		return fmt.Errorf("a token lifetime of %s: it is at least %s", o.Lifetime, gateway.MinLifetime)
	}
	for _, known := range algorithms {
		if o.Alg == known {
			return nil
		}
	}
	return fmt.Errorf("validate-jwt finds its keys in an OpenID configuration, which has none for %q: the algorithm is one of %s",
		o.Alg, strings.Join(algorithms, ", "))
}

// algorithms are those that validate-jwt takes and that have a public key.
var algorithms = []string{"RS256", "ES256"}

// Algorithms are those that tokens can be signed with.
func (t *Target) Algorithms() []string { return append([]string(nil), algorithms...) }

// WithAlgorithm is the same service, with tokens signed by alg.
func (t *Target) WithAlgorithm(alg string) scenarios.Target {
	other := *t
	other.options.Alg = alg
	other.Start = func() (handler.Gateway, error) { return open(other.options) }
	return &other
}
