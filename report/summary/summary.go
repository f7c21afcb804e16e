// Package summary is what every writer says of a run in the same words: the
// counts, what was not decided and why, what could have been missed.
package summary

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/revocheck/revocheck/report"
	"github.com/revocheck/revocheck/report/latency"
)

// Counts says how many scenarios came out how. What did not run because the
// target does not claim it is told from what did not run otherwise.
func Counts(r report.Run) string {
	counts := report.Count(r.Records, r.Strict)
	unclaimed := len(Unclaimed(r.Records))
	counts.NotRun -= unclaimed
	if unclaimed == 0 {
		return counts.String()
	}
	return fmt.Sprintf("%s, %d not claimed", counts, unclaimed)
}

// Headline is the conclusion with its first word in capitals.
func Headline(r report.Run) string {
	word, more, _ := strings.Cut(r.Concluded(), " ")
	return strings.TrimSpace(strings.ToUpper(word) + " " + more)
}

// LeftOut lists what the profile does not play of what the target claims; empty
// if that is nothing.
func LeftOut(r report.Run) string {
	n := len(r.LeftOut)
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("Left out by profile %s: %d %s for want of time: %s", r.Profile, n, Plural(n, "scenario"), strings.Join(r.LeftOut, ", "))
}

// Unclaimed are the records that did not run because the target does not declare
// what they need.
func Unclaimed(records []report.Record) []report.Record {
	return only(records, report.Record.Unclaimed)
}

// NotRun are the records that did not run for any other reason.
func NotRun(records []report.Record) []report.Record {
	return only(records, func(r report.Record) bool { return r.Verdict == report.NotRun && !r.Unclaimed() })
}

// Undecided are the records that say nothing of the target and should.
func Undecided(records []report.Record) []report.Record {
	return only(records, func(r report.Record) bool {
		return r.LeavesGap() || r.Verdict == report.Inconclusive || r.Verdict == report.Error || r.Verdict == report.Undecided
	})
}

func only(records []report.Record, keep func(report.Record) bool) []report.Record {
	return slices.DeleteFunc(slices.Clone(records), func(r report.Record) bool { return !keep(r) })
}

// Line is a fact and the scenarios that it is about, if it is about any.
type Line struct {
	Text    string
	Records []report.Record
}

// Open says what keeps the run from being decided, by reason.
func Open(r report.Run) []Line {
	var lines []Line
	if r.Ended != "" {
		lines = append(lines, Line{Text: "ended early: " + r.Ended})
	}
	for _, gap := range r.Gaps {
		lines = append(lines, Line{Text: gap})
	}
	if n := len(r.Omitted); n > 0 {
		lines = append(lines, Line{Text: fmt.Sprintf("left out by the selection: %d %s of those that bind the target", n, Plural(n, "scenario"))})
	}
	return append(lines, byReason(Undecided(r.Records))...)
}

// Aside says what else did not run, by reason, on which the conclusion does not
// depend: a should or may that was not waited for.
func Aside(r report.Run) []Line {
	return byReason(only(NotRun(r.Records), func(rec report.Record) bool { return !rec.LeavesGap() }))
}

func byReason(records []report.Record) []Line {
	var lines []Line
	for _, g := range report.GroupBy(records, report.Record.Reason) {
		lines = append(lines, Line{g.Name, g.Records})
	}
	return lines
}

// NotClaimed lists the capabilities that the target does not declare, or was
// seen not to have, and the scenarios that need them.
func NotClaimed(r report.Run) []Line {
	waiting := map[string][]report.Group{}
	for _, g := range report.GroupBy(Unclaimed(r.Records), lacked) {
		name := g.Records[0].Undeclared
		waiting[name] = append(waiting[name], g)
	}
	var lines []Line
	for _, capability := range r.Unclaimed() {
		if waiting[capability] == nil {
			lines = append(lines, Line{Text: capability})
		}
		for _, g := range waiting[capability] {
			lines = append(lines, Line{g.Name, g.Records})
		}
	}
	return lines
}

// lacked names a capability, and says how its want was seen where nothing that
// the target declares says so.
func lacked(r report.Record) string {
	if why := r.Showed(); why != "" {
		return fmt.Sprintf("%s (%s)", r.Undeclared, why)
	}
	return r.Undeclared
}

// Texts are the texts of lines, one after the other.
func Texts(lines []Line) string {
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.Text
	}
	return strings.Join(texts, ", ")
}

// bound ends the names of the numbers that say which rate would have shown.
const bound = "(upper bound)"

// Missed lists the largest rates that could have stayed unseen, each once; empty
// if there are none.
func Missed(r report.Run) string {
	most := map[string]float64{}
	for _, rec := range r.Records {
		for _, n := range rec.Numbers {
			if name, ok := strings.CutSuffix(n.Name, bound); ok && rec.Verdict == report.Pass {
				most[strings.TrimSpace(name)] = max(most[strings.TrimSpace(name)], n.Value)
			}
		}
	}
	var rates []string
	for _, name := range slices.Sorted(maps.Keys(most)) {
		rates = append(rates, fmt.Sprintf("%s up to %.2g %%", name, most[name]))
	}
	return strings.Join(rates, ", ")
}

// Latencies are the revocation latencies that were measured, the longest first.
func Latencies(r report.Run) (lines []Line) {
	for _, d := range latency.Of(r) {
		lines = append(lines, Line{Text: d.String()})
	}
	return lines
}

// Others are the records that a cause explains beside its first, and how many
// of them did not reach their own requirement.
func Others(r report.Run, c report.Cause) (others []report.Record, unreached int) {
	for _, rec := range r.Records {
		if rec.Cause == c.ID && rec.ID != c.First() {
			others = append(others, rec)
			if rec.Reached != nil && !*rec.Reached {
				unreached++
			}
		}
	}
	return others, unreached
}

// Subject names what was tested, on one line.
func Subject(r report.Run) string {
	parts := append([]string{fmt.Sprintf("%s (%s)", r.Subject.Name, r.Subject.Kind)}, r.Subject.DetailList()...)
	return strings.Join(append(parts, "profile "+r.Profile, fmt.Sprintf("seed %d", r.Seed)), ", ")
}

// Plural is the noun, as it follows on that number.
func Plural(n int, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
