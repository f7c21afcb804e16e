// Package probe tries a target before any scenario, and says what it is made of.
package probe

import (
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/results"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/subject"
	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/measure"
	"github.com/revocheck/revocheck/scenarios/preflight"
)

// Command is probe and its flags.
type Command struct {
	target, profile, json string
	maxWait               time.Duration
	quick                 bool
	files                 results.Files
}

// Register defines the flags.
func (f *Command) Register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.target, "target", "", "target `FILE` of the gateway")
	flags.StringVar(&f.profile, "profile", "wire", "claim whose scenarios are counted: canary, smoke, wire or full")
	flags.StringVar(&f.json, "json", "", "write what was found as JSON to this `FILE`, - for standard output")
	flags.DurationVar(&f.maxWait, "max-wait", scenarios.DefaultMaxWait, "how long a logged-out token is watched")
	flags.BoolVar(&f.quick, "quick", false, "measure nothing that takes a logout")
	_ = cmd.MarkFlagRequired("target") // fails only for a flag that is not there
}

// Run probes the target.
func (f *Command) Run(cmd *cobra.Command) error {
	f.files.Stdout = cmd.OutOrStdout()
	f.files.Add("json", f.json)
	return f.files.Guard("json", []string{f.target}, func() error { return f.probe(cmd) })
}

func (f *Command) probe(cmd *cobra.Command) error {
	profile := scenarios.Profile(f.profile)
	if _, known := scenarios.Profiles()[profile]; !known {
		return exit.Usage("unknown profile %q: canary, smoke, wire or full", f.profile)
	}
	if f.maxWait <= 0 {
		return exit.Usage("--max-wait %s: it must be more than 0", f.maxWait)
	}
	all, err := catalogue.All()
	if err != nil {
		return exit.Broken(err)
	}
	target, err := subject.Load(cmd.Context(), f.target)
	if err != nil {
		return err
	}
	found := finding{Target: target}
	var wrong error // in the target file; what was seen is shown all the same
	if found.Facts, wrong = scenarios.Preflight(cmd.Context(), target); wrong != nil && len(found.Facts.Problems) == 0 {
		return exit.RunError(wrong)
	}
	found.Standings, found.Runs, found.Of = scenarios.Standings(target, all, profile)
	if wrong == nil && !f.quick {
		fmt.Fprintf(cmd.ErrOrStderr(), "measuring; it takes up to about %s\n", f.maxWait)
		if found.Measured, err = measure.Take(cmd.Context(), target, scenarios.Options{MaxWait: f.maxWait}); err != nil {
			return probeError(err)
		}
	}
	if err := f.write(cmd, found, profile); err != nil {
		return err
	}
	if wrong != nil {
		return exit.RunError(wrong)
	}
	return nil
}

// probeError is the error of a probe that was interrupted or turned away.
func probeError(err error) error {
	var p *scenarios.PreflightError
	if errors.As(err, &p) {
		return exit.RunError(err)
	}
	return exit.Broken(fmt.Errorf("the probe was interrupted: %w", err))
}

func writeFacts(out io.Writer, found finding) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	s, f := found.Target.Subject(), found.Facts
	fmt.Fprintf(w, "%s\n", s.Name)
	for _, e := range s.Endpoints {
		fmt.Fprintf(w, "  endpoint\t%s\n", e)
	}
	if f.Algorithm != "" { // else a wrong line ended it before a token was looked at
		fmt.Fprintf(w, "  token\t%s, %s\n", f.Algorithm, lifetime(f.Lifetime))
		fmt.Fprintf(w, "  lifetime asked for\t%s\n", granted(f))
		fmt.Fprintf(w, "  clock\t%s\n", clockOf(f))
	}
	fmt.Fprintf(w, "\nRoutes\twithout a token\twith a live one\n")
	for _, r := range f.Routes {
		fmt.Fprintf(w, "  %s\t%d\t%d\t%s\n", r.Route, r.Without, r.With, f.At(r.Key))
	}
	return w.Flush()
}

func lifetime(d time.Duration) string {
	if d == 0 {
		return "without exp"
	}
	return "lives for " + d.String()
}

func granted(f preflight.Observations) string {
	switch {
	case f.Asked == 0:
		return "none can be asked for"
	case f.GrantsLifetime():
		return fmt.Sprintf("%s, granted", f.Asked)
	case f.Granted == 0:
		return fmt.Sprintf("%s, not granted: the token has no exp", f.Asked)
	}
	return fmt.Sprintf("%s, not granted: the token lives for %s", f.Asked, f.Granted)
}

func clockOf(f preflight.Observations) string {
	ahead := f.Ahead.Round(100 * time.Millisecond)
	switch {
	case ahead > 0:
		return fmt.Sprintf("%s ahead of this machine's", ahead)
	case ahead < 0:
		return fmt.Sprintf("%s behind this machine's", -ahead)
	case f.Unsure > time.Second:
		return fmt.Sprintf("not known: no answer has a Date; it is taken to be within %s of this machine's", f.Unsure.Round(100*time.Millisecond))
	}
	return "no difference to this machine's can be seen"
}

func writeStandings(out io.Writer, found finding, profile scenarios.Profile) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, part := range []struct {
		title    string
		declared bool
	}{{"Declared", true}, {"Not claimed", false}} {
		fmt.Fprintf(w, "\n%s\tscenarios that need it\n", part.title)
		for _, s := range found.Standings {
			if s.Declared == part.declared {
				fmt.Fprintf(w, "  %s\t%d\t%s\n", s.Capability, s.Scenarios, s.Capability.Text())
			}
		}
	}
	fmt.Fprintf(w, "\n%d of %d scenarios of profile %s would run\n", found.Runs, found.Of, profile)
	return w.Flush()
}
