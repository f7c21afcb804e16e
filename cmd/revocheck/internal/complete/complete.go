// Package complete has shells complete the values of flags.
package complete

import (
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/stores"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/reference"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
)

// values are those of the flags, of whichever command has them.
var values = map[string]func() []cobra.Completion{
	"strategy": strategies,
	"store":    stores.Completions,
	"stores":   stores.Completions,
	"fault":    faults,
	"only":     func() []cobra.Completion { return append(groups(), scenarioIDs()...) },
	"alg":      reference.Algorithms,
	"profile":  profiles,
}

// Values has the flags of a command and of those below it completed.
func Values(cmd *cobra.Command) {
	for flag, list := range values {
		if cmd.Flags().Lookup(flag) == nil {
			continue
		}
		complete := func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return list(), cobra.ShellCompDirectiveNoFileComp
		}
		_ = cmd.RegisterFlagCompletionFunc(flag, complete) // fails only for a flag that is not there
	}
	for _, below := range cmd.Commands() {
		Values(below)
	}
}

// Arguments completes the ID of a scenario.
func Arguments(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return scenarioIDs(), cobra.ShellCompDirectiveNoFileComp
}

// scenarioIDs are the IDs of the catalogue, with their titles.
func scenarioIDs() []cobra.Completion {
	all, _ := catalogue.All() // a broken catalogue completes nothing
	var list []cobra.Completion
	for _, s := range all {
		list = append(list, cobra.CompletionWithDesc(s.ID, s.Title))
	}
	return list
}

func groups() []cobra.Completion {
	all, _ := catalogue.All()
	var list []cobra.Completion
	for _, s := range all {
		group, _, _ := strings.Cut(s.ID, "/")
		if !slices.Contains(list, group) {
			list = append(list, group)
		}
	}
	return list
}

func strategies() []cobra.Completion { return infos(subject.Strategies()) }

func faults() []cobra.Completion { return infos(reference.Faults()) }

func infos(all []reference.Info) []cobra.Completion {
	var list []cobra.Completion
	for _, i := range all {
		list = append(list, cobra.CompletionWithDesc(i.Name, i.Summary))
	}
	return list
}

func profiles() []cobra.Completion {
	var list []cobra.Completion
	for _, p := range slices.Sorted(maps.Keys(scenarios.Profiles())) {
		list = append(list, cobra.CompletionWithDesc(string(p), scenarios.Profiles()[p]))
	}
	return list
}
