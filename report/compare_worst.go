package report

import (
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
)

// worstFinding is what decided the conclusion and weighs most: the worst cause
// of a failure with its first scenario, else the first record that was left
// undecided and why.
func worstFinding(r Run) (id, text string, found bool) {
	worst := r.Worst()
	if worst == Conformant || worst == Unconcluded {
		return "", "", false
	}
	for _, c := range r.Causes {
		if worst == Nonconformant && !c.Warning {
			return c.First(), c.Title, true
		}
	}
	i := slices.IndexFunc(r.Records, func(rec Record) bool { return rec.conclusion(r.Strict) == worst })
	if i < 0 {
		return "", "", false
	}
	return r.Records[i].ID, r.Records[i].Reason(), true
}

// clauseWidth is how many columns a finding may take.
const clauseWidth = 100

// clause returns the first clause of a sentence, cut where it is too long.
func clause(text string) string {
	for _, end := range []string{". ", "; ", "\n"} {
		text, _, _ = strings.Cut(text, end)
	}
	text = strings.TrimRight(text, ". ")
	if runewidth.StringWidth(text) <= clauseWidth {
		return text
	}
	text = runewidth.Truncate(text, clauseWidth-2, "")
	if i := strings.LastIndexByte(text, ' '); i > 0 {
		text = text[:i]
	}
	return text + " …"
}
