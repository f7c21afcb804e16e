// Package catalogue holds all scenarios that revocheck ships, a group a
// folder and a scenario a file.
package catalogue

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue/concurrency"
	"github.com/revocheck/revocheck/scenarios/catalogue/expiry"
	"github.com/revocheck/revocheck/scenarios/catalogue/forgery"
	"github.com/revocheck/revocheck/scenarios/catalogue/isolation"
	"github.com/revocheck/revocheck/scenarios/catalogue/lifecycle"
	"github.com/revocheck/revocheck/scenarios/catalogue/replay"
	"github.com/revocheck/revocheck/scenarios/catalogue/resilience"
	"github.com/revocheck/revocheck/scenarios/catalogue/respelling"
	"github.com/revocheck/revocheck/scenarios/catalogue/retention"
	"github.com/revocheck/revocheck/scenarios/catalogue/session"
	"github.com/revocheck/revocheck/scenarios/catalogue/wire"
	"github.com/revocheck/revocheck/scenarios/script"
)

// scripts are the scenarios that are text files.
//
//go:embed */*.txt
var scripts embed.FS

// order is the order of the groups in reports: the plain cases first.
var order = []string{"lifecycle", "expiry", "replay", "respelling", "retention", "session", "isolation", "forgery", "concurrency", "cluster", "resilience", "wire"}

// All gives every scenario, in the order of the groups and by ID within one.
// An error means that a scenario of ours cannot be loaded.
func All() ([]scenarios.Scenario, error) {
	all := written()
	files, err := fs.Glob(scripts, "*/*.txt")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		s, err := load(file)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	slices.SortStableFunc(all, compare)
	return all, unique(all)
}

// written are the scenarios that need concurrency, statistics or requests of
// their own making, and are Go files.
func written() []scenarios.Scenario {
	return slices.Concat(
		concurrency.Scenarios(), expiry.Scenarios(), isolation.Scenarios(), lifecycle.Scenarios(), replay.Scenarios(),
		respelling.Scenarios(), retention.Scenarios(), session.Scenarios(), forgery.Scenarios(), resilience.Scenarios(), wire.Scenarios(),
	)
}

func load(file string) (scenarios.Scenario, error) {
	f, err := scripts.Open(file)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	defer func() { _ = f.Close() }()
	s, err := script.Parse(file, f)
	if err != nil {
		return s, err
	}
	if want := strings.TrimSuffix(file, ".txt"); s.ID != want {
		return s, fmt.Errorf("%s: its id is %s, and its place says %s", file, s.ID, want)
	}
	return s, nil
}

func compare(a, b scenarios.Scenario) int {
	if d := slices.Index(order, a.Group()) - slices.Index(order, b.Group()); d != 0 {
		return d
	}
	return strings.Compare(a.ID, b.ID)
}

func unique(sorted []scenarios.Scenario) error {
	for i, s := range sorted {
		if !slices.Contains(order, s.Group()) {
			return fmt.Errorf("%s: no group %s is listed", s.ID, path.Dir(s.ID))
		}
		if i > 0 && sorted[i-1].ID == s.ID {
			return fmt.Errorf("two scenarios are called %s", s.ID)
		}
	}
	return nil
}
