package report

import (
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
)

// telling are the scenarios that say most about revocation, the first one most.
var telling = []string{"lifecycle/logout-ends-token", "replay/after-logout"}

// worstFinding picks the record that decided the conclusion and says most: of
// the failures the most telling, else the first in the order of the run.
func worstFinding(r Run) (Record, bool) {
	worst := r.Worst()
	if worst == Conformant || worst == Unconcluded {
		return Record{}, false
	}
	decisive := slices.DeleteFunc(slices.Clone(r.Records), func(rec Record) bool {
		return rec.conclusion(r.Strict) != worst
	})
	for _, id := range telling {
		if i := slices.IndexFunc(decisive, func(rec Record) bool { return rec.ID == id }); i >= 0 {
			return decisive[i], true
		}
	}
	if len(decisive) == 0 {
		return Record{}, false
	}
	return decisive[0], true
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
