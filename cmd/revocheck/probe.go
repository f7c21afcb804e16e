package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/scenarios"
	"github.com/revocheck/revocheck/scenarios/catalogue"
	"github.com/revocheck/revocheck/scenarios/target/remote"
)

func probeCommand() *cobra.Command {
	var file, profile string
	cmd := &cobra.Command{
		Use:   "probe --target FILE",
		Short: "Try a target, and say what it can do and what it lacks",
		Long: `Log in once with each user of a target file and call each route, without and with a token.
Then say what the target showed and which scenarios it would run. Nobody is
logged out.

Exit codes: 0 the target can be tested; 2 the target file is wrong or the target
does not keep to it; 3 the target cannot be reached.`,
		Example: "  revocheck probe --target gateway.yaml",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return probe(cmd, file, scenarios.Profile(profile)) },
	}
	cmd.Flags().StringVar(&file, "target", "", "target `FILE` of the gateway")
	cmd.Flags().StringVar(&profile, "profile", "wire", "claim whose scenarios are counted: wire or full")
	_ = cmd.MarkFlagRequired("target") // fails only for a flag that is not there
	return cmd
}

func probe(cmd *cobra.Command, file string, profile scenarios.Profile) error {
	if _, known := scenarios.Profiles()[profile]; !known {
		return usage("unknown profile %q: wire or full", profile)
	}
	all, err := catalogue.All()
	if err != nil {
		return &exitError{exitBroken, err}
	}
	target, err := remote.Load(file, os.LookupEnv)
	if err != nil {
		return usage("%w", err)
	}
	facts, err := scenarios.Preflight(cmd.Context(), target)
	if err != nil {
		return unrun(err)
	}
	out := cmd.OutOrStdout()
	if err := errors.Join(writeFacts(out, target, facts), writeStandings(out, target, all, profile)); err != nil {
		return &exitError{exitBroken, err}
	}
	return disagreement(facts)
}

// disagreement is the error of a target that is not as its file says.
func disagreement(f scenarios.Facts) error {
	n := 0
	for _, r := range f.Routes {
		if r.Problem != "" {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	return usage("%d of %d routes do not answer as the target file says", n, len(f.Routes))
}

func writeFacts(out io.Writer, target scenarios.Target, f scenarios.Facts) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	s := target.Subject()
	fmt.Fprintf(w, "%s\n", s.Name)
	for _, e := range s.Endpoints {
		fmt.Fprintf(w, "  endpoint\t%s\n", e)
	}
	fmt.Fprintf(w, "  token\t%s, %s\n", f.Algorithm, lifetime(f.Lifetime))
	fmt.Fprintf(w, "  lifetime asked for\t%s\n", granted(f))
	fmt.Fprintf(w, "  clock\t%s\n", clockOf(f))
	fmt.Fprintf(w, "\nRoutes\twithout a token\twith a live one\n")
	for _, r := range f.Routes {
		fmt.Fprintf(w, "  %s\t%d\t%d\t%s\n", r.Route, r.Without, r.With, r.Problem)
	}
	return w.Flush()
}

func lifetime(d time.Duration) string {
	if d == 0 {
		return "without exp"
	}
	return "lives for " + d.String()
}

func granted(f scenarios.Facts) string {
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

func clockOf(f scenarios.Facts) string {
	ahead := f.Ahead.Round(100 * time.Millisecond)
	switch {
	case ahead > 0:
		return fmt.Sprintf("%s ahead of this machine's", ahead)
	case ahead < 0:
		return fmt.Sprintf("%s behind this machine's", -ahead)
	}
	return "no difference to this machine's can be seen"
}

func writeStandings(out io.Writer, target scenarios.Target, all []scenarios.Scenario, profile scenarios.Profile) error {
	list, run, of := scenarios.Standings(target, all, profile)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, part := range []struct {
		title    string
		declared bool
	}{{"Declared", true}, {"Not claimed", false}} {
		fmt.Fprintf(w, "\n%s\tscenarios that need it\n", part.title)
		for _, s := range list {
			if s.Declared == part.declared {
				fmt.Fprintf(w, "  %s\t%d\t%s\n", s.Capability, s.Scenarios, s.Capability.Text())
			}
		}
	}
	fmt.Fprintf(w, "\n%d of %d scenarios of profile %s would run\n", run, of, profile)
	return w.Flush()
}
