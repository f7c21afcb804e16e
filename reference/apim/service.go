package apim

import (
	"errors"
	"fmt"
	"slices"

	"github.com/revocheck/revocheck/reference/apim/cache"
	"github.com/revocheck/revocheck/reference/apim/counter"
	"github.com/revocheck/revocheck/reference/apim/policy"
	"github.com/revocheck/revocheck/reference/apim/policy/flow"
	"github.com/revocheck/revocheck/reference/apim/token"
)

// Service is an API Management service: policies in front of a backend, on one
// or several gateways. It is safe for concurrent use.
type Service struct {
	options   Options
	routes    []*route
	unmatched *policy.Pipeline // of a request that is of no operation
	gateways  []policy.Gateway // one for each region
	builtIn   []*cache.Memory
}

// New loads the documents. What is wrong in them is returned as LoadErrors.
func New(o Options) (*Service, error) {
	o = o.withDefaults()
	if o.Backend == nil || len(o.Operations) == 0 {
		return nil, errors.New("apim: a backend and at least one operation are needed")
	}
	documents, err := loadAll(o)
	if err != nil {
		return nil, err
	}
	s := &Service{options: o, unmatched: composed([]Scope{Global}, documents)}
	s.addGateways()
	return s, s.addRoutes(documents)
}

func (s *Service) addGateways() {
	o := s.options
	shared := policy.Gateway{
		Tier: o.Tier, Threshold: o.Threshold, EmptyKey: o.EmptyKey, CountUnfinished: o.CountUnfinished, Backend: o.Backend, External: o.External,
		Counters: counter.New(algorithm(o.Tier), o.Regions, o.Sync, o.Clock), Quotas: counter.NewQuotas(o.Regions, o.Sync, o.Clock),
		TokenHandler: o.TokenHandler, OpenID: token.NewOpenID(o.OpenID, o.Clock),
	}
	for region := range o.Regions {
		memory := cache.NewMemory(o.Clock, o.StoreDelay)
		g := shared
		g.Region, g.BuiltIn = region, memory
		s.builtIn, s.gateways = append(s.builtIn, memory), append(s.gateways, g)
	}
}

// composed joins documents for a service whose backend section forwards.
func composed(scopes []Scope, documents map[Scope]policy.Loaded) *policy.Pipeline {
	return policy.Compose(scopes, documents, flow.Forward())
}

func algorithm(t Tier) counter.Algorithm {
	if t == V2 {
		return counter.TokenBucket
	}
	return counter.SlidingWindow
}

func (s *Service) addRoutes(documents map[Scope]policy.Loaded) error {
	names := map[string]bool{}
	for _, op := range s.options.Operations {
		r, err := newRoute(op)
		if err != nil {
			return fmt.Errorf("apim: %w", err)
		}
		if names[op.Name] {
			return fmt.Errorf("apim: two operations are called %q", op.Name)
		}
		names[op.Name] = true
		r.pipeline = composed(op.Scopes(), documents)
		s.routes = append(s.routes, r)
	}
	return nil
}

// Restart loses what one gateway holds in memory: its counters and its
// built-in cache. Quotas and the external cache stay.
func (s *Service) Restart(region int) {
	s.gateways[region].Counters.Forget(region)
	s.builtIn[region].Clear()
}

// Check loads one document and returns all that is wrong in it. It resolves
// {{name}} with the given values.
func Check(d Document, o Options) LoadErrors {
	_, errs := policy.Load("", d, o.facts(), registry())
	return errs
}

func loadAll(o Options) (map[Scope]policy.Loaded, error) {
	known := policy.ScopesOf(o.Operations)
	documents := map[Scope]policy.Loaded{}
	var errs LoadErrors
	for _, scope := range sortedScopes(o.Documents) {
		d := o.Documents[scope]
		if !slices.Contains(known, scope) {
			return nil, fmt.Errorf("apim: %s is for scope %q, which no operation has; there are %s", d.Name, scope, policy.List(known))
		}
		loaded, wrong := policy.Load(scope, d, o.facts(), registry())
		documents[scope] = loaded
		errs = append(errs, wrong...)
	}
	if len(errs) > 0 {
		return nil, errs
	}
	return documents, nil
}

func sortedScopes(documents map[Scope]Document) []Scope {
	var scopes []Scope
	for s := range documents {
		scopes = append(scopes, s)
	}
	slices.Sort(scopes)
	return scopes
}
