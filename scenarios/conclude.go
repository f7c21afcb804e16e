package scenarios

import (
	"fmt"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
)

func notClaimed(records []report.Record) []string {
	var list []string
	for _, r := range records {
		if r.Verdict == report.NotRun && r.Undeclared != "" && !slices.Contains(list, r.Undeclared) {
			list = append(list, r.Undeclared)
		}
	}
	slices.Sort(list)
	return list
}

// why says in one sentence what decided the conclusion of a run.
func why(r report.Run) string {
	pick := func(keep func(report.Record) bool) (first report.Record, n int) {
		for _, rec := range r.Records {
			if keep(rec) {
				if n == 0 {
					first = rec
				}
				n++
			}
		}
		return first, n
	}
	switch r.Conclusion {
	case report.Nonconformant:
		first, n := pick(func(rec report.Record) bool {
			return rec.Verdict == report.Fail && !rec.Warning(r.Strict)
		})
		return fmt.Sprintf("%s failed, the first being %s: %s", scenarioCount(n), first.ID, first.Why)
	case report.Broken:
		first, _ := pick(func(rec report.Record) bool { return rec.Verdict == report.Error || rec.Verdict == report.Undecided })
		return fmt.Sprintf("the suite itself failed in %s: %s", first.ID, first.Why)
	case report.Partial:
		if r.Ended != "" {
			return r.Ended
		}
		first, n := pick(report.Record.LeavesGap)
		if n > 0 {
			return fmt.Sprintf("%s could not be decided, the first being %s: %s", scenarioCount(n), first.ID, first.Why)
		}
		return strings.Join(gapsOf(r), "; ")
	}
	return ""
}

func gapsOf(r report.Run) []string {
	gaps := slices.Clone(r.Gaps)
	if n := len(r.Omitted); n > 0 {
		gaps = append(gaps, fmt.Sprintf("%s of the profile that bind the target were not selected", scenarioCount(n)))
	}
	return gaps
}

func scenarioCount(n int) string {
	if n == 1 {
		return "one scenario"
	}
	return fmt.Sprintf("%d scenarios", n)
}
