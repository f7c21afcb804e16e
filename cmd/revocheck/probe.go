package main

import (
	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/probe"
)

func probeCommand() *cobra.Command {
	return working(&probe.Command{}, &cobra.Command{
		Use:   "probe --target FILE",
		Short: "Try a target, and say what it can do and what it lacks",
		Long: `Log in with each user of a target file and call each route, without and with a token.
Say what the target showed and which scenarios it would run. Then log users in
and out to measure what the revocation is made of: how many logouts it takes,
how long a token stays refused, in which spellings, at which endpoints, and how
far the clocks are apart. That takes up to --max-wait and uses up some of the
tokens of a list. With --quick it is left out, so that nobody is logged out.

Exit codes: 0 the target can be tested; 2 the target file is wrong or the target
does not keep to it; 3 the target cannot be reached.`,
		Example: `  revocheck probe --target gateway.yaml
  revocheck probe --target apim.yaml --max-wait 310s --json probe.json`,
	})
}
