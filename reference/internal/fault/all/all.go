// Package all lists the planted faults of every group.
package all

import (
	"fmt"
	"slices"

	"github.com/revocheck/revocheck/reference/internal/fault"
	"github.com/revocheck/revocheck/reference/internal/fault/cluster"
	"github.com/revocheck/revocheck/reference/internal/fault/concurrency"
	"github.com/revocheck/revocheck/reference/internal/fault/expiry"
	"github.com/revocheck/revocheck/reference/internal/fault/forgery"
	"github.com/revocheck/revocheck/reference/internal/fault/isolation"
	"github.com/revocheck/revocheck/reference/internal/fault/lifecycle"
	"github.com/revocheck/revocheck/reference/internal/fault/replay"
	"github.com/revocheck/revocheck/reference/internal/fault/resilience"
	"github.com/revocheck/revocheck/reference/internal/fault/respelling"
	"github.com/revocheck/revocheck/reference/internal/fault/retention"
	"github.com/revocheck/revocheck/reference/internal/fault/wire"
)

// Faults lists the planted faults, in the order of the scenario groups that
// should find them.
func Faults() []fault.Fault {
	return slices.Concat(
		lifecycle.Faults(),
		expiry.Faults(),
		replay.Faults(),
		respelling.Faults(),
		retention.Faults(),
		isolation.Faults(),
		forgery.Faults(),
		concurrency.Faults(),
		cluster.Faults(),
		resilience.Faults(),
		wire.Faults(),
	)
}

// Find gives the fault of that name, and for no name one that changes nothing.
func Find(name string) (fault.Fault, error) {
	if name == "" {
		return fault.Fault{}, nil
	}
	for _, f := range Faults() {
		if f.Name == name {
			return f, nil
		}
	}
	return fault.Fault{}, fmt.Errorf("unknown fault %q; revocheck list faults shows those that can be planted", name)
}
