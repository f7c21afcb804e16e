package main

import (
	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/help"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/run"
)

func runCommand() *cobra.Command {
	cmd := working(&run.Command{}, &cobra.Command{
		Use:   "run",
		Short: "Run the conformance suite",
		Long: `Run the conformance suite against the gateway that a target file describes or,
without one, against the reference gateway in process.`,
		Example: `  revocheck run
  revocheck run --strategy client-side
  revocheck run --target gateway.yaml --junit revocheck.xml
  revocheck run --only 'replay/*' --only lifecycle`,
	})
	help.InGroups(cmd, runGroups...)
	return cmd
}

// runGroups are the flags by what they are about; those of API Management, which
// few need, come last.
var runGroups = []help.Group{
	{Title: "What is tested", Names: []string{"target", "strategy", "variant", "store", "wait-replicas", "posture", "alg", "fault", "replicas"}},
	{Title: "Which scenarios, and how", Names: []string{"profile", "only", "script", "seed", "max-wait", "timeout", "confidence", "max-revocation-latency", "strict", "dry-run", "expect"}},
	{Title: "What comes of it", Names: []string{"json", "junit", "html", "markdown", "sarif", "operator", "verbose", "quiet", "allow-partial", "help"}},
	{Title: "API Management, emulated", Names: []string{"policy", "named-value", "apim-*"}},
}
