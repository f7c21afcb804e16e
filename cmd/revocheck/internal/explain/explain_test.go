package explain

import (
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
)

// What a scenario requires, sends and finds is said; of one that there is not,
// what may have been meant.
func TestExplain(t *testing.T) {
	var f Command
	var out bytes.Buffer
	cmd := &cobra.Command{}
	cmd.SetContext(t.Context())
	cmd.SetOut(&out)
	f.Register(cmd)
	if err := f.Run(cmd, "lifecycle/logout-ends-token"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"lifecycle/logout-ends-token: ", "references ", "it would do this:\n", "POST /logout", "Planted faults that it is meant to find", "logout-does-nothing"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, out.String())
		}
	}
	for id, want := range map[string]string{
		"lifecycle/logout-ends-tokn": "did you mean lifecycle/logout-ends-token",
		"logout-ends-token":          "did you mean lifecycle/logout-ends-token",
		"nothing/like-it/at/all":     "revocheck list scenarios",
	} {
		if err := f.Run(cmd, id); exit.Code(err) != exit.CodeUsage || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", id, err)
		}
	}
}
