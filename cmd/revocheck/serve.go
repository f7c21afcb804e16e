package main

import (
	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/help"
	"github.com/revocheck/revocheck/cmd/revocheck/internal/serve"
)

func serveCommand() *cobra.Command {
	cmd := working(&serve.Command{}, &cobra.Command{
		Use:   "serve",
		Short: "Run the reference gateway",
		Long: `Run the reference gateway until it is interrupted. The replicas listen on
consecutive ports or, with port 0, on free ones, and share one deployment.

With --strategy apim-counter or --policy it is an emulated API Management
service, each of whose regions is a replica. It issues tokens itself.`,
		Example: `  revocheck serve
  revocheck serve --strategy not-before --replicas 2 --target-file target.yaml
  revocheck serve --addr 127.0.0.1:0 --store redis://127.0.0.1:6379
  revocheck serve --store 'container?persistence=everysec' --replicas 3
  revocheck serve --strategy apim-counter --tls --subscription-key secret --target-file apim.yaml`,
	})
	help.InGroups(cmd, serveGroups...)
	return cmd
}

// serveGroups are the flags by what they are about; those of API Management, which
// few need, come last.
var serveGroups = []help.Group{
	{Title: "Where it listens", Names: []string{"addr", "replicas", "target-file", "tls", "tls-cert", "tls-key", "client-ca", "access-log", "help"}},
	{Title: "How it revokes", Names: []string{"strategy", "store", "store-timeout", "wait-replicas", "posture", "propagation", "backend"}},
	{Title: "Tokens", Names: []string{"alg", "key-file", "lifetime", "max-lifetime", "leeway"}},
	{Title: "What is wrong or odd about it", Names: []string{"fault", "variant"}},
	{Title: "API Management, emulated", Names: []string{"policy", "named-value", "fragment", "subscription-key", "token-lifetime", "apim-*"}},
}
