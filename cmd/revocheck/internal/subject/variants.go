package subject

import (
	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/reference"
)

// RegisterVariants defines --variant, which chooses sound variants of the
// reference gateway by name.
func RegisterVariants(cmd *cobra.Command, names *[]string) {
	cmd.Flags().StringArrayVar(names, "variant", nil, "sound variant of the reference gateway by `NAME`, such as no-jti, over the other flags (repeatable); revocheck list variants shows them")
	var all []cobra.Completion
	for _, v := range reference.Variants() {
		all = append(all, cobra.CompletionWithDesc(v.Name, v.Summary))
	}
	if err := cmd.RegisterFlagCompletionFunc("variant", cobra.FixedCompletions(all, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the flag was defined above
	}
}
