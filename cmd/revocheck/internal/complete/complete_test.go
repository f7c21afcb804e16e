package complete

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// Every value that a flag completes is one that it takes, and the flags of a
// command below are completed as well.
func TestValuesAreCompleted(t *testing.T) {
	root, below := &cobra.Command{Use: "root"}, &cobra.Command{Use: "below"}
	for flag := range values {
		below.Flags().String(flag, "", "")
	}
	root.AddCommand(below)
	Values(root)
	for flag, want := range map[string]string{
		"strategy": "denylist", "store": "miniredis", "stores": "memory", "fault": "logout-does-nothing", "only": "lifecycle", "alg": "ES256", "profile": "smoke",
	} {
		complete, known := below.GetFlagCompletionFunc(flag)
		if !known {
			t.Errorf("--%s is not completed", flag)
			continue
		}
		list, directive := complete(below, nil, "")
		found := false
		for _, value := range list {
			name, _, _ := strings.Cut(string(value), "\t")
			found = found || name == want
		}
		if !found || directive != cobra.ShellCompDirectiveNoFileComp {
			t.Errorf("--%s: %q is not completed, or files are: %v", flag, want, directive)
		}
	}
	ids, _ := Arguments(nil, nil, "")
	if len(ids) < 70 || !strings.Contains(string(ids[0]), "/") {
		t.Errorf("%d IDs", len(ids))
	}
}
