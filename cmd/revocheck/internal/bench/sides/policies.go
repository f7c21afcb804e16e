package sides

import (
	"sync"
	"time"

	policies "github.com/revocheck/revocheck/reference/apim"
	apim "github.com/revocheck/revocheck/scenarios/target/apim"
)

// Counter is the strategy that an emulated API Management service runs.
var Counter = apim.Strategy.Name

// counterBaseline is the same service with its policies for the validation of
// tokens alone: no counter is looked at.
const counterBaseline = "apim-no-counter"

// Policies reports whether a strategy is run by policies, and so takes no
// store.
func Policies(strategy string) bool { return strategy == Counter || strategy == counterBaseline }

// tick is how often the service's clock follows that of the machine.
const tick = 20 * time.Millisecond

// startPolicies runs an emulated API Management service.
func startPolicies(c Config) (*site, error) {
	o := apim.Options{Regions: max(1, c.Replicas), Alg: c.Alg}
	if c.Strategy == counterBaseline {
		protected := policies.APIScope("protected")
		o.Policies = map[policies.Scope]policies.Document{protected: policies.Recipe()[protected]}
	}
	target, err := apim.New(o)
	if err != nil {
		return nil, err
	}
	g, err := target.Start()
	if err != nil {
		return nil, err
	}
	stop := follow(g.Powers.Advance)
	return &site{replicas: g.Replicas, mint: g.Powers.Mint, now: g.Powers.Now, close: func() error {
		stop()
		return g.Close()
	}}, nil
}

// follow keeps a clock that only moves when told beside the machine's, so that
// counters end while the bench runs as they would in the service.
func follow(advance func(time.Duration)) (stop func()) {
	var wg sync.WaitGroup
	end := make(chan struct{})
	wg.Go(func() {
		every := time.NewTicker(tick)
		defer every.Stop()
		for last := time.Now(); ; {
			select {
			case <-end:
				return
			case now := <-every.C:
				advance(now.Sub(last))
				last = now
			}
		}
	})
	return func() { close(end); wg.Wait() }
}
