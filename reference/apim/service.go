package apim

import (
	"errors"
	"fmt"
	"slices"

	"github.com/revocheck/revocheck/reference/apim/counter"
)

// Service is an API Management service: policies in front of a backend, on one
// or several gateways. It is safe for concurrent use.
type Service struct {
	options   Options
	routes    []*route
	unmatched *pipeline // of a request that is of no operation
	counters  *counter.Counters
	quotas    *counter.Quotas
	builtIn   []*MemoryCache // one for each region
	openID    *openIDCache
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
	s := &Service{options: o, openID: newOpenIDCache(o.OpenID, o.Clock), unmatched: compose([]Scope{Global}, documents)}
	s.counters = counter.New(algorithm(o.Tier), o.Regions, o.Sync, o.Clock)
	s.quotas = counter.NewQuotas(o.Regions, o.Sync, o.Clock)
	for range o.Regions {
		s.builtIn = append(s.builtIn, NewMemoryCache(o.Clock, o.StoreDelay))
	}
	return s, s.addRoutes(documents)
}

func algorithm(t Tier) counter.Algorithm {
	if t == V2 {
		return counter.TokenBucket
	}
	return counter.SlidingWindow
}

func (s *Service) addRoutes(documents map[Scope]document) error {
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
		r.pipeline = compose(op.chain(), documents)
		s.routes = append(s.routes, r)
	}
	return nil
}

// Restart loses what one gateway holds in memory: its counters and its
// built-in cache. Quotas and the external cache stay.
func (s *Service) Restart(region int) {
	s.counters.Forget(region)
	s.builtIn[region].Clear()
}

// Check loads one document and returns all that is wrong in it. It resolves
// {{name}} with the given values.
func Check(d Document, o Options) LoadErrors {
	l := &loader{options: o.withDefaults()}
	l.loadDocument(d)
	return l.errs
}

func loadAll(o Options) (map[Scope]document, error) {
	known := scopesOf(o.Operations)
	documents := map[Scope]document{}
	var errs LoadErrors
	for _, scope := range sortedScopes(o.Documents) {
		d := o.Documents[scope]
		l := &loader{options: o, scope: scope}
		if !slices.Contains(known, scope) {
			return nil, fmt.Errorf("apim: %s is for scope %q, which no operation has; there are %s", d.Name, scope, listed(known))
		}
		documents[scope] = l.loadDocument(d)
		errs = append(errs, l.errs...)
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
