// Package explain says of a scenario what it requires, what it sends and which
// planted faults it finds.
package explain

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/run"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/reference/matrix"
)

// Command is explain and its flags.
type Command struct{ subject subject.Flags }

// Register defines the flags.
func (f *Command) Register(cmd *cobra.Command) { f.subject.Register(cmd) }

// Run explains the scenario.
func (f *Command) Run(cmd *cobra.Command, id string) error {
	all, err := catalogue.All()
	if err != nil {
		return exit.Broken(err)
	}
	i := slices.IndexFunc(all, func(s scenarios.Scenario) bool { return s.ID == id })
	if i < 0 {
		return unknown(id, all)
	}
	f.subject.Breaks, f.subject.Planned = true, true
	target, err := f.subject.Open(cmd.Context(), cmd)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	describe(&text, all[i])
	if err := steps(&text, target, all[i]); err != nil {
		return err
	}
	if err := found(&text, id); err != nil {
		return exit.Broken(err)
	}
	_, err = text.WriteTo(cmd.OutOrStdout())
	return results.Shown(err)
}

// unknown is the error of an ID that no scenario has, with those that are close.
func unknown(id string, all []scenarios.Scenario) error {
	named := map[string][]string{} // with their group, and without
	for _, s := range all {
		_, name, _ := strings.Cut(s.ID, "/")
		named[s.ID], named[name] = append(named[s.ID], s.ID), append(named[name], s.ID)
	}
	names := &cobra.Command{SuggestionsMinimumDistance: 1 + len(id)/5}
	for name := range named {
		names.AddCommand(&cobra.Command{Use: name, Run: func(*cobra.Command, []string) {}})
	}
	var close []string
	for _, name := range names.SuggestionsFor(id) {
		close = append(close, named[name]...)
	}
	slices.Sort(close)
	close = slices.Compact(close)
	if len(close) == 0 {
		return exit.Usage("there is no scenario %q; revocheck list scenarios shows them", id)
	}
	return exit.Usage("there is no scenario %q; did you mean %s?", id, strings.Join(close[:min(len(close), 5)], ", "))
}

func describe(w io.Writer, s scenarios.Scenario) {
	fmt.Fprintf(w, "%s: %s (%s)\n\n%s\n\n", s.ID, s.Title, s.Level, s.Requirement)
	line := func(label, text string) {
		if text != "" {
			fmt.Fprintf(w, "%-12s %s\n", label, text)
		}
	}
	line("references", strings.Join(s.Refs, ", "))
	var needs []string
	for _, n := range s.Needs {
		needs = append(needs, string(n)+" ("+n.Text()+")")
	}
	line("needs", strings.Join(needs, ", "))
	line("if it fails", s.Fix)
	line("source", s.Source)
}

// steps are those that a dry run plans.
func steps(w io.Writer, target scenarios.Target, s scenarios.Scenario) error {
	list, err := scenarios.DryRun(target, []scenarios.Scenario{s}, scenarios.Options{Profile: s.Widest()})
	if err != nil {
		return exit.Usage("%w", err)
	}
	fmt.Fprintf(w, "\nAgainst %s it would do this:\n", target.Subject().Name)
	for _, o := range list {
		run.WriteSteps(w, o)
	}
	return nil
}

// found lists the planted faults that the scenario finds.
func found(w io.Writer, id string) error {
	meant, also, err := matrix.Faults(id)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		title  string
		faults []string
	}{{"Planted faults that it is meant to find", meant}, {"Others that it finds", also}} {
		if len(part.faults) > 0 {
			fmt.Fprintf(w, "\n%s (%d):\n  %s\n", part.title, len(part.faults), strings.Join(part.faults, ", "))
		}
	}
	return nil
}
