package report

// The exit codes of a run. Code 2, for wrong usage, is not decided by a run.
const (
	ExitConformant    = 0
	ExitNonconformant = 1
	ExitBroken        = 3
	ExitPartial       = 4
)

// Worst returns the worse of what the run says of itself and what its records
// support, so that no writer shows a run as better than its evidence. A run
// that one of the two leaves unconcluded is not conformant.
func (r Run) Worst() Conclusion {
	derived := r.Conclude()
	if min(r.Conclusion, derived) == Unconcluded && max(r.Conclusion, derived) <= Partial {
		return Unconcluded
	}
	return max(r.Conclusion, derived)
}

// ExitCode returns the exit code that scripts and CI depend on: 0 conformant,
// 1 nonconformant, 3 when the harness broke or nothing was concluded, 4 partial
// or 0 if the caller allows that.
func ExitCode(r Run, allowPartial bool) int {
	switch r.Worst() {
	case Conformant:
		return ExitConformant
	case Nonconformant:
		return ExitNonconformant
	case Partial:
		if allowPartial {
			return ExitConformant
		}
		return ExitPartial
	}
	return ExitBroken
}
