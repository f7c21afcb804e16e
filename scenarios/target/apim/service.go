package apim

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	gateway "github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/reference/apim"
	"github.com/revocheck/revocheck/reference/apim/policy/message"
	"github.com/revocheck/revocheck/reference/apim/token"
	"github.com/revocheck/revocheck/reference/clock"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/target/handler"
)

// hitsPath is asked of the backend itself: policies guard what callers use, and
// the count is the suite's own.
const hitsPath = "/backend/hits"

// service is a running service, with what stands behind it. All of it reads
// one clock.
type service struct {
	gateways *apim.Service
	issuer   *gateway.Deployment
	clock    clock.Clock
	cache    *externalCache // nil without an external one
	regions  int
	ownKey   bool // the issuer's, which signs for nobody else
}

// product is what callers subscribe to; the open route is of none.
const product = "product"

// operations are those of the recipe, and the open route.
func operations() []apim.Operation {
	list := apim.Operations()
	for i := range list {
		list[i].Product = product
	}
	return append(list, apim.Operation{Name: "public", Method: http.MethodGet, Path: "/public", API: "open"})
}

func open(o Options) (handler.Gateway, error) {
	at := clock.NewStopped()
	s, err := start(o, at)
	if err != nil {
		return handler.Gateway{}, err
	}
	return handler.Gateway{Replicas: s.replicas(), Powers: s.powers(at), Close: s.issuer.Close}, nil
}

func start(o Options, at clock.Clock) (*service, error) {
	s := &service{clock: at, regions: o.Regions, ownKey: o.Lifetime > 0}
	var err error
	// With behindPolicies the issuer reads every spelling that the policies may
	// take, so that it is the policies that are tested.
	config := gateway.Config{
		Strategy: "client-side", Store: "memory", Alg: o.Alg, Clock: s.clock,
		Lenient: gateway.Lenient{Base64: true, Padding: true, Header: true}, Claims: claimsAsked(o),
		NoJTI: o.NoJTI, Lifetime: o.Lifetime, MaxLifetime: o.Lifetime,
	}
	if ofEntra(o) {
		config.NoJTI, config.ClaimsFor = true, entraClaims
	}
	s.issuer, err = gateway.Start(config, 1)
	if err != nil {
		return nil, err
	}
	if err := s.build(o); err != nil {
		_ = s.issuer.Close()
		return nil, err
	}
	return s, nil
}

func (s *service) build(o Options) error {
	backend := behindPolicies(s.issuer.Replicas()[0])
	keys, err := issuerKeys(backend)
	if err != nil {
		return err
	}
	settings := apim.Options{
		Documents: o.Policies, Operations: operations(), Backend: backend, Clock: s.clock, OpenID: keys,
		Tier: o.Tier, Threshold: o.Threshold, EmptyKey: o.EmptyKey, Regions: o.Regions, Sync: o.Sync,
		TokenHandler: o.TokenHandler, SubscriptionKey: o.SubscriptionKey,
		NamedValues: o.NamedValues, Fragments: o.Fragments, StoreDelay: o.StoreDelay, CountUnfinished: o.CountUnfinished,
	}
	if o.ExternalCache {
		s.cache = newCache(s.clock, o.StoreDelay)
		settings.External = s.cache
	}
	s.gateways, err = apim.New(settings)
	return err
}

func (s *service) replicas() []http.Handler {
	var all []http.Handler
	for i := range s.regions {
		all = append(all, s.region(i))
	}
	return all
}

// sent is the key under which a request carries the Authorization header with
// which its caller sent it.
type sent struct{}

// behindPolicies spells a token anew that the policies let through. Where they
// put the gateway's own token in its place, the backend trusts the gateway, and
// is told by the caller's who called.
func behindPolicies(issuer http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text := r.Header.Get("Authorization")
		if caller, ok := r.Context().Value(sent{}).(string); ok && strings.HasSuffix(text, message.GatewayToken) {
			text = caller
		}
		scheme, rest, _ := strings.Cut(text, " ")
		if canonical, ok := token.JSONWebTokenHandler.Canonical(strings.TrimSpace(rest)); ok {
			r = r.Clone(r.Context()) // what the policies see stays as it was sent
			r.Header.Set("Authorization", scheme+" "+canonical)
		}
		issuer.ServeHTTP(w, r)
	})
}

// region is the gateway of one region.
func (s *service) region(i int) http.Handler {
	policies, backend := s.gateways.Gateway(i), s.issuer.Replicas()[0]
	tokens := tokenEndpoint(backend)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == hitsPath:
			backend.ServeHTTP(w, r)
			return
		case asksForToken(r):
			tokens.ServeHTTP(w, r)
			return
		}
		ctx := context.WithValue(r.Context(), sent{}, r.Header.Get("Authorization"))
		policies.ServeHTTP(w, r.WithContext(ctx))
	})
}

// restartTakes is how long an external cache is away while it restarts. A
// token names its time of issue in seconds, so that what happens within one
// cannot be put in order.
const restartTakes = 2 * time.Second

func (s *service) powers(at *clock.Movable) scenarios.Powers {
	p := scenarios.Powers{Now: at.Now, Advance: at.Advance, Mint: s.issuer.Mint, Restart: s.restart}
	if s.ownKey {
		p.Mint = nil // else a token could live longer
	}
	if s.cache != nil {
		p.BreakStore, p.MendStore = s.cache.cut, s.cache.mend
		p.RestartStore = func() error { at.Advance(restartTakes); return s.cache.restart() }
		p.StoreSize = s.cache.size
	}
	return p
}

func (s *service) restart(region int) error {
	if region < 0 || region >= s.regions {
		return fmt.Errorf("there is no region %d among %d", region, s.regions)
	}
	s.gateways.Restart(region)
	return nil
}
