package reference

import (
	"context"
	"fmt"
	"net/http"
	"slices"
)

// fault is one known defect in an otherwise sound gateway.
type fault struct {
	Name, Summary string
	// adjust sets what the defect needs to be a defect: an algorithm, a
	// leniency, a leeway, a strategy. It may be nil.
	adjust func(*Config)
	// plant is called once a deployment, for what its replicas share, and
	// returns what is done to each process: one part of it is replaced.
	plant planting
}

// planting plants a fault in a deployment.
type planting func(*site) func(*process)

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

func findFault(name string) (fault, error) {
	if name == "" {
		return fault{}, nil
	}
	for _, f := range faults {
		if f.Name == name {
			return f, nil
		}
	}
	return fault{}, fmt.Errorf("unknown fault %q; revocheck list faults shows those that can be planted", name)
}

func (f fault) prepare(cfg Config) Config {
	if f.adjust != nil {
		f.adjust(&cfg)
	}
	return cfg
}

// each plants a fault that replicas do not share.
func each(plant func(*process)) planting {
	return func(*site) func(*process) { return plant }
}

// unchecked plants a fault that skips the revocation check of some calls.
func unchecked(skip func(*call) bool) planting { return each(skipping(skip)) }

func skipping(skip func(*call) bool) func(*process) {
	return func(p *process) {
		check := p.check
		p.check = func(ctx context.Context, c *call) error {
			if skip(c) {
				return nil
			}
			return check(ctx, c)
		}
	}
}

// serveFailure is the answer of a gateway that did not expect the request.
func serveFailure(w http.ResponseWriter) {
	writeError(w, http.StatusInternalServerError, "server_error", "unexpected error")
}
