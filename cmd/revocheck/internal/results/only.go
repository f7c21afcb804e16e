package results

import (
	"path"

	"github.com/revocheck/revocheck/cmd/revocheck/internal/exit"
	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/terminal"
)

// Only shows the scenarios of the run whose IDs match a pattern, or are in a
// group of that name. None is an error of usage.
func (o Outputs) Only(r report.Run, patterns []string) error {
	var ids []string
	for _, rec := range r.Records {
		for _, pattern := range patterns {
			whole, err := path.Match(pattern, rec.ID)
			if err != nil {
				return exit.Usage("--only %q: %w", pattern, err)
			}
			if group, _ := path.Match(pattern, report.GroupOf(rec.ID)); whole || group {
				ids = append(ids, rec.ID)
			}
		}
	}
	if len(ids) == 0 {
		return exit.Usage("no scenario of the run matches --only %q", patterns)
	}
	if err := terminal.WriteRecords(o.screen, r, ids, o.options()); err != nil {
		return exit.Broken(err)
	}
	return exit.Verdict(report.ExitCode(r, o.allowPartial))
}
