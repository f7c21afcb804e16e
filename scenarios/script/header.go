package script

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$`)

// headerKeys are the keys of a script's header and what each sets.
var headerKeys = map[string]func(*scenarios.Scenario, string) error{
	"id":           setID,
	"title":        func(s *scenarios.Scenario, v string) error { s.Title = v; return nil },
	"level":        func(s *scenarios.Scenario, v string) error { return s.Level.UnmarshalText([]byte(v)) },
	"requirement":  func(s *scenarios.Scenario, v string) error { s.Requirement = v; return nil },
	"refs":         func(s *scenarios.Scenario, v string) error { s.Refs = splitList(v, ";"); return nil },
	"needs":        setNeeds,
	"profile":      setProfile,
	"fix":          func(s *scenarios.Scenario, v string) error { s.Fix = v; return nil },
	"alone":        func(s *scenarios.Scenario, v string) error { return setYes(&s.Alone, v) },
	"algorithms":   func(s *scenarios.Scenario, v string) error { return setAll(&s.PerAlgorithm, v) },
	"uncontrolled": func(s *scenarios.Scenario, v string) error { s.Uncontrolled = v; return nil },
}

func setID(s *scenarios.Scenario, v string) error {
	if !idForm.MatchString(v) {
		return fmt.Errorf("%q is not an ID: group/name, in lower case, with dashes", v)
	}
	s.ID = v
	return nil
}

func setNeeds(s *scenarios.Scenario, v string) error {
	for _, n := range splitList(v, ",") {
		if scenarios.Capability(n).Text() == "" {
			return fmt.Errorf("%q is no capability: one of %v", n, scenarios.Capabilities())
		}
		s.Needs = append(s.Needs, scenarios.Capability(n))
	}
	return nil
}

func setProfile(s *scenarios.Scenario, v string) error {
	if p := scenarios.Profile(v); p != scenarios.Wire && p != scenarios.Full {
		return fmt.Errorf("%q cannot be asked for here: wire or full", v)
	}
	s.Profile = scenarios.Profile(v)
	return nil
}

func setYes(into *bool, v string) error {
	if v != "yes" {
		return fmt.Errorf("it is either left out or yes, not %q", v)
	}
	*into = true
	return nil
}

func setAll(into *bool, v string) error {
	if v != "all" {
		return fmt.Errorf("it is either left out or all, not %q", v)
	}
	*into = true
	return nil
}

func splitList(v, sep string) []string {
	var list []string
	for _, part := range strings.Split(v, sep) {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// scenario is what the header says.
func (s *text) scenario() (scenarios.Scenario, error) {
	sc := scenarios.Scenario{Source: s.File, Profile: scenarios.Wire, Level: report.Must}
	for _, key := range slices.Sorted(maps.Keys(s.Header)) {
		set, ok := headerKeys[key]
		if !ok {
			return sc, s.errorAt(s.lines[key], "unknown header %q: one of %v", key, slices.Sorted(maps.Keys(headerKeys)))
		}
		if err := set(&sc, s.Header[key]); err != nil {
			return sc, s.errorAt(s.lines[key], "header %s: %v", key, err)
		}
	}
	for _, key := range []string{"id", "title", "level", "requirement", "refs"} {
		if s.Header[key] == "" {
			return sc, s.errorAt(1, "header %q is missing", key)
		}
	}
	return sc, nil
}
