package scenarios

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"time"

	"github.com/revocheck/revocheck/scenarios/wire"
)

// Facts are what a target showed before any scenario ran.
type Facts struct {
	// Algorithm of an issued token, as its header names it.
	Algorithm string
	// Lifetime of a token when none is asked for; 0 if it has no exp.
	Lifetime time.Duration
	// Asked is the lifetime that was asked for, 0 if none can be; Granted is
	// the one that the token was given, 0 if it has no exp.
	Asked, Granted time.Duration
	// Ahead is how far the target's clock is ahead of this machine's, known to
	// Unsure; 0 when no difference can be seen.
	Ahead, Unsure time.Duration
	// Routes are the answers of the protected and the open routes.
	Routes []RouteFacts
}

// RouteFacts are the answers of one route.
type RouteFacts struct {
	Route Route
	Open  bool
	// Without and With are the statuses without a token and with a live one;
	// 0 if there was no answer.
	Without, With int
	// Problem says what is not as the contract has it; empty if all is.
	Problem string
}

// GrantsLifetime reports whether a lifetime that was asked for was granted,
// within the tolerance that scenarios have.
func (f Facts) GrantsLifetime() bool {
	return f.Asked > 0 && f.Granted > 0 && (f.Granted-f.Asked).Abs() <= 2*time.Second+f.Unsure
}

// Preflight makes sure that the target answers and that its users can log in,
// as Run does first, and says what it saw. An error is a *PreflightError.
func Preflight(ctx context.Context, target Target) (Facts, error) {
	r := newRun(target, Options{Observe: silence{}})
	if err := r.preflight(ctx); err != nil {
		return Facts{}, err
	}
	instance, err := target.Open(ctx)
	if err != nil {
		return Facts{}, unstarted(err)
	}
	defer func() { _ = instance.close() }()
	n := wire.NewNetwork(r.contract, instance.endpoints, instance.Transport, r.limit)
	defer n.Close()
	return r.facts(ctx, n, instance)
}

func (r *run) facts(ctx context.Context, n *wire.Network, instance *Instance) (Facts, error) {
	f := Facts{Ahead: r.skew.ahead, Unsure: r.skew.unsure}
	now := time.Now
	if instance.Powers.Now != nil {
		now = instance.Powers.Now
	}
	t, err := r.logIn(ctx, n, instance, r.contract.Users[0], 0)
	if err != nil {
		return f, err
	}
	f.Algorithm, f.Lifetime = t.Alg(), t.LeftAt(now().Add(f.Ahead))
	if f.Asked = trialLifetime(r.contract); f.Asked > 0 {
		other, err := r.logIn(ctx, n, instance, r.contract.Users[0], f.Asked)
		if err != nil {
			return f, err
		}
		f.Granted = other.LeftAt(now().Add(f.Ahead))
	}
	f.Routes = r.probeRoutes(ctx, n, t)
	return f, nil
}

// trialLifetime is a lifetime to ask for that the contract says is granted, in
// whole seconds: a minute, or what is nearest to it.
func trialLifetime(c Contract) time.Duration {
	if c.Login.LifetimeField == "" {
		return 0
	}
	life := max(time.Minute, c.Login.MinLifetime)
	if c.Login.MaxLifetime > 0 {
		life = min(life, c.Login.MaxLifetime)
	}
	return time.Duration(math.Ceil(life.Seconds())) * time.Second
}

func (r *run) probeRoutes(ctx context.Context, n *wire.Network, t *Token) []RouteFacts {
	var all []RouteFacts
	for _, route := range r.contract.Routes {
		all = append(all, r.probeRoute(ctx, n, route, t, false))
	}
	for _, route := range r.contract.OpenRoutes {
		all = append(all, r.probeRoute(ctx, n, route, t, true))
	}
	return all
}

func (r *run) probeRoute(ctx context.Context, n *wire.Network, route Route, t *Token, open bool) RouteFacts {
	bare, carrying := wire.CallOf(route), wire.CallOf(route)
	carrying.Carry(r.contract.Carrier, t.Raw)
	f := RouteFacts{Route: route, Open: open}
	f.Without = n.Send(ctx, bare, Refused).Status
	f.With = n.Send(ctx, carrying, Accepted).Status
	switch {
	case f.Without == 0 || f.With == 0:
		f.Problem = "there was no answer"
	case !route.Accepts(f.With):
		f.Problem = "a live token is not accepted: look at the route, its accepted statuses and the carrier"
	case open && !route.Accepts(f.Without):
		f.Problem = "it is declared open, and is not accepted without a token"
	case !open && route.Accepts(f.Without):
		f.Problem = "it is declared protected, and answers without a token"
	case !open && !r.contract.Refuses(f.Without):
		f.Problem = fmt.Sprintf("%d %s is not declared in refusal.statuses", f.Without, http.StatusText(f.Without))
	}
	return f
}

// Standing is what a target declares of one capability.
type Standing struct {
	Capability Capability
	Declared   bool
	// Scenarios counts those of the profile that need it.
	Scenarios int
}

// Standings tells, for each capability, whether the target declares it and
// how many scenarios need it; and how many of the profile's scenarios would
// run, out of how many.
func Standings(target Target, all []Scenario, profile Profile) (list []Standing, run, of int) {
	contract, powers := target.Contract().WithDefaults(), target.Powers()
	needed := map[Capability]int{}
	for _, s := range all {
		if !profile.covers(s) {
			continue
		}
		of++
		missing := false
		for _, need := range s.Needs {
			needed[need]++
			missing = missing || !declares(contract, powers, need)
		}
		if !missing {
			run++
		}
	}
	for _, c := range Capabilities() {
		list = append(list, Standing{c, declares(contract, powers, c), needed[c]})
	}
	return list, run, of
}
