package main

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/script"
)

// listing is one thing that can be chosen by name.
type listing struct {
	Name    string `json:"name"`
	Summary string `json:"summary"`
}

// listedScenario is what list --json says of a scenario.
type listedScenario struct {
	ID          string       `json:"id"`
	Title       string       `json:"title"`
	Level       report.Level `json:"level"`
	Core        bool         `json:"core"`
	Profile     string       `json:"profile"`
	Requirement string       `json:"requirement"`
	Refs        []string     `json:"refs"`
	Needs       []string     `json:"needs,omitempty"`
	Fix         string       `json:"fix,omitempty"`
}

// catalog is all that can be listed.
type catalog struct {
	Scenarios    []listedScenario `json:"scenarios,omitempty"`
	Strategies   []listing        `json:"strategies,omitempty"`
	Faults       []listing        `json:"faults,omitempty"`
	Variants     []listing        `json:"variants,omitempty"`
	Profiles     []listing        `json:"profiles,omitempty"`
	Capabilities []listing        `json:"capabilities,omitempty"`
	Verbs        []string         `json:"verbs,omitempty"`
}

var kinds = []string{"scenarios", "strategies", "faults", "variants", "profiles", "capabilities", "verbs"}

func listable(_ *cobra.Command, args []string) error {
	for _, kind := range args {
		if !slices.Contains(kinds, kind) {
			return exit.Usage("%q cannot be listed: one of %s", kind, strings.Join(kinds, ", "))
		}
	}
	return nil
}

func listCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:       "list [scenarios|strategies|faults|variants|profiles|capabilities|verbs]",
		Short:     "List scenarios, strategies, faults, sound variants, profiles, capabilities, verbs of scripts",
		ValidArgs: kinds,
		Args:      cobra.MatchAll(cobra.MaximumNArgs(1), listable),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := listed(strings.Join(args, ""))
			if err != nil {
				return exit.Broken(err)
			}
			if asJSON {
				return results.Shown(json.NewEncoder(cmd.OutOrStdout()).Encode(c))
			}
			return results.Shown(c.write(cmd.OutOrStdout()))
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return cmd
}

// listed gathers one kind of thing, or all of them.
func listed(what string) (catalog, error) {
	all, err := catalogue.All()
	c := catalog{}
	wanted := func(kind string) bool { return what == "" || what == kind }
	if wanted("scenarios") {
		c.Scenarios = listScenarios(all)
	}
	if wanted("strategies") {
		c.Strategies = listInfos(subject.Strategies())
	}
	if wanted("faults") {
		c.Faults = listInfos(reference.Faults())
	}
	if wanted("variants") {
		for _, v := range reference.Variants() {
			c.Variants = append(c.Variants, listing{v.Name, v.Summary})
		}
	}
	if wanted("profiles") {
		for _, p := range slices.Sorted(maps.Keys(scenarios.Profiles())) {
			c.Profiles = append(c.Profiles, listing{string(p), scenarios.Profiles()[p]})
		}
	}
	if wanted("capabilities") {
		for _, k := range scenarios.Capabilities() {
			c.Capabilities = append(c.Capabilities, listing{string(k), k.Text()})
		}
	}
	if wanted("verbs") {
		c.Verbs = script.Usage()
	}
	return c, err
}

func listScenarios(all []scenarios.Scenario) []listedScenario {
	var list []listedScenario
	for _, s := range all {
		l := listedScenario{
			ID: s.ID, Title: s.Title, Level: s.Level, Core: s.Core(), Profile: string(s.Profile),
			Requirement: s.Requirement, Refs: s.Refs, Fix: s.Fix,
		}
		if l.Profile == "" {
			l.Profile = string(scenarios.Wire)
		}
		for _, n := range s.Needs {
			l.Needs = append(l.Needs, string(n))
		}
		list = append(list, l)
	}
	return list
}

func listInfos(infos []reference.Info) []listing {
	var list []listing
	for _, i := range infos {
		list = append(list, listing{i.Name, i.Summary})
	}
	return list
}

func (c catalog) write(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	section := func(title string, n int, lines func()) {
		if n > 0 {
			fmt.Fprintf(w, "%s (%d)\n", title, n)
			lines()
		}
	}
	section("Scenarios", len(c.Scenarios), func() {
		for _, s := range c.Scenarios {
			fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", s.ID, s.Level, strings.Join(s.Needs, ","), s.Title)
		}
	})
	for _, part := range []struct {
		title string
		items []listing
	}{{"Strategies", c.Strategies}, {"Faults", c.Faults}, {"Sound variants", c.Variants}, {"Profiles", c.Profiles}, {"Capabilities", c.Capabilities}} {
		section(part.title, len(part.items), func() {
			for _, l := range part.items {
				fmt.Fprintf(w, "  %s\t%s\n", l.Name, l.Summary)
			}
		})
	}
	section("Verbs of scripts", len(c.Verbs), func() {
		for _, v := range c.Verbs {
			fmt.Fprintf(w, "  %s\n", v)
		}
	})
	return w.Flush()
}
