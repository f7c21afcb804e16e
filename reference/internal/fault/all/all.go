// Package all lists the planted faults of every group.
package all

import (
	"fmt"

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
	"github.com/revocheck/revocheck/reference/internal/fault/session"
	"github.com/revocheck/revocheck/reference/internal/fault/wire"
)

// groups are in the order of the scenario groups.
var groups = []struct {
	name   string
	faults func() []fault.Fault
}{
	{"lifecycle", lifecycle.Faults},
	{"expiry", expiry.Faults},
	{"replay", replay.Faults},
	{"respelling", respelling.Faults},
	{"retention", retention.Faults},
	{"session", session.Faults},
	{"isolation", isolation.Faults},
	{"forgery", forgery.Faults},
	{"concurrency", concurrency.Faults},
	{"cluster", cluster.Faults},
	{"resilience", resilience.Faults},
	{"wire", wire.Faults},
}

// Faults lists the planted faults, group by group.
func Faults() []fault.Fault {
	var list []fault.Fault
	for _, g := range groups {
		for _, f := range g.faults() {
			f.Group = g.name
			list = append(list, f)
		}
	}
	return list
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
