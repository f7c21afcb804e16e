package reference

import (
	"context"
	"fmt"
	"net/http"
	"slices"
)

// Fault is one known defect in an otherwise sound gateway.
type Fault struct {
	Name, Summary string
	// adjust sets what the defect needs to be a defect: an algorithm, a
	// leniency, a leeway, a strategy. It may be nil.
	Adjust func(*Config)
	// plant is called once a deployment, for what its replicas share, and
	// returns what is done to each process: one part of it is replaced.
	Plant Planting
}

// Planting plants a fault in a deployment.
type Planting func(*Site) func(*Process)

var faults = slices.Concat(
	lifecycleFaults, issueFaults, logoutFaults, cacheFaults,
	expiryFaults,
	routeFaults, urlFaults, requestFaults, connectionFaults, carrierFaults, hammerFaults, directFaults,
	respellingFaults, spellingFaults,
	ttlFaults, entryFaults, lapseFaults, steadyFaults, quietFaults, busyFaults,
	isolationFaults, sessionFaults, togetherFaults,
	browserFaults, revivalFaults, olderFaults,
	forgeryFaults, forgedKeyFaults, forgedLogoutFaults, doorFaults,
	wireFaults, sizeFaults,
	clusterFaults, resilienceFaults, storeFaults,
)

// Faults lists the planted faults, in the order of the scenario groups that
// should find them.
func Faults() []Info {
	list := make([]Info, len(faults))
	for i, f := range faults {
		list[i] = Info{f.Name, f.Summary}
	}
	return list
}

func findFault(name string) (Fault, error) {
	if name == "" {
		return Fault{}, nil
	}
	for _, f := range faults {
		if f.Name == name {
			return f, nil
		}
	}
	return Fault{}, fmt.Errorf("unknown fault %q; revocheck list faults shows those that can be planted", name)
}

func (f Fault) Prepare(cfg Config) Config {
	if f.Adjust != nil {
		f.Adjust(&cfg)
	}
	return cfg
}

// Each plants a fault that replicas do not share.
func Each(plant func(*Process)) Planting {
	return func(*Site) func(*Process) { return plant }
}

// Unchecked plants a fault that skips the revocation check of some calls.
func Unchecked(skip func(*Call) bool) Planting { return Each(Skipping(skip)) }

func Skipping(skip func(*Call) bool) func(*Process) {
	return func(p *Process) {
		check := p.Check
		p.Check = func(ctx context.Context, c *Call) error {
			if skip(c) {
				return nil
			}
			return check(ctx, c)
		}
	}
}

// ServeFailure is the answer of a gateway that did not expect the request.
func ServeFailure(w http.ResponseWriter) {
	WriteError(w, http.StatusInternalServerError, "server_error", "unexpected error")
}
