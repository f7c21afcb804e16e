package results

import (
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/scenarios"
)

// Unstarted puts why a command did not begin, such as a flag that it does not
// have, in place of what an earlier one left in the files that its command line
// names. A file that stands there twice may be read, and stays.
func Unstarted(cmd *cobra.Command, args []string, why error) error {
	if cmd.Flags().Lookup("json") == nil || cmd.Flags().Lookup("json").Value.Type() != "string" {
		return nil
	}
	o, others := Outputs{files: &Files{Stdout: io.Discard}}, args
	for _, form := range forms {
		if cmd.Flags().Lookup(form.flag) != nil {
			var name string
			name, others = valueOf(others, form.flag)
			o.files.Add(form.flag, name)
		}
	}
	if o.files.Check(others...) != nil {
		return nil
	}
	if cmd.Flags().Lookup("junit") == nil { // its document is not one of a run
		return o.files.Mark("json", endedEarly(why.Error()))
	}
	return o.early(unstarted(), why.Error(), (*Files).Mark)
}

// unstarted is a run of which nothing is known yet.
func unstarted() report.Run { return report.Run{Tool: scenarios.Tool(), Started: time.Now().UTC()} }

// valueOf is the value of a flag, the last one if it is given more than once,
// and all other words of the command line.
func valueOf(args []string, flag string) (value string, others []string) {
	args = slices.Clone(args)
	for i := 0; i < len(args); i++ {
		name, given, joined := strings.Cut(args[i], "=")
		switch {
		case name == "--"+flag && joined:
			value = given
		case name == "--"+flag && i+1 < len(args):
			i++
			value = args[i]
		case joined:
			others = append(others, args[i], given)
		default:
			others = append(others, args[i])
		}
	}
	return value, others
}
