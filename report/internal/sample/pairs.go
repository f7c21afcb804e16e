package sample

import "github.com/revocheck/revocheck/report"

// Comparison sets the runs side by side.
func Comparison() report.Comparison {
	overhead := func(v float64, note string) []report.Number {
		return []report.Number{{Name: "overhead p50", Value: v, Unit: "ms", Note: note}}
	}
	return report.Comparison{Runs: []report.NamedRun{
		{Name: "client-side", Run: Runs["nonconformant"], Numbers: overhead(0.01, "not distinguishable")},
		{Name: "denylist", Run: Runs["conformant"], Numbers: overhead(0.21, ""), Posture: "closed"},
		{Name: "short-expiry", Run: Runs["strict"]},
		{Name: "half|done", Run: Runs["partial"]},
		{Name: "windowed", Run: Violation()},
	}}
}

// Diff is what changed between a conformant run and one that is not.
func Diff() report.Difference {
	after := Runs["nonconformant"]
	after.Profile = "full"
	return report.Diff(Runs["conformant"], after)
}
