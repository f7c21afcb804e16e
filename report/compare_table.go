package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Legend explains a cell of a comparison's table.
const Legend = "passed/failed/not run; a warning counts as passed"

// Absent stands where a run has nothing of that group or measure.
const Absent = "-"

// WriteJSON renders the comparison as one JSON document.
func (c Comparison) WriteJSON(w io.Writer) error {
	return writeJSON(w, struct {
		Groups []string `json:"groups"`
		Rows   []Row    `json:"rows"`
	}{append([]string{}, c.Groups()...), c.Rows()})
}

// Finding names the worst finding and its scenario; it is empty if there is none.
func (r Row) Finding() string {
	if r.Worst == "" {
		return ""
	}
	return r.Worst + " (" + r.WorstID + ")"
}

// Table lays out the head and the rows, without the findings.
func (c Comparison) Table() [][]string {
	groups, measures := c.Groups(), c.measures()
	head := append([]string{"", "conclusion"}, groups...)
	lines := [][]string{append(head, measures...)}
	for _, row := range c.Rows() {
		line := []string{row.Name, row.Conclusion.String()}
		for _, g := range groups {
			counts, ran := row.Groups[g]
			line = append(line, cell(counts, ran))
		}
		for _, m := range measures {
			line = append(line, measured(row.Numbers, m))
		}
		lines = append(lines, line)
	}
	return lines
}

// ByGroup is Table without what was measured.
func (c Comparison) ByGroup() [][]string {
	var lines [][]string
	for _, line := range c.Table() {
		lines = append(lines, line[:2+len(c.Groups())])
	}
	return lines
}

// Overview lays out, a row a run, what one chooses by: the verdict, the longest leak
// window that was measured, what the check costs, and what the target does without
// its store.
func (c Comparison) Overview() [][]string {
	measures := c.measures()
	lines := [][]string{slices.Concat([]string{"", "verdict", "leak window"}, measures, []string{"without its store"})}
	for _, row := range c.Rows() {
		line := []string{row.Name, row.Conclusion.String(), row.leakWindow()}
		for _, m := range measures {
			line = append(line, measured(row.Numbers, m))
		}
		lines = append(lines, append(line, cmp.Or(row.Posture, Absent)))
	}
	return lines
}

// leakWindow is the longest one in words. What was still accepted when the watch
// ended has a longer one.
func (r Row) leakWindow() string {
	if r.LeakWindow == nil {
		return Absent
	}
	text := figure(r.LeakWindow.Value) + " " + r.LeakWindow.Unit
	if strings.Contains(r.LeakWindow.Note, "still accepted when the watch ended") {
		return "longer than " + text
	}
	return text
}

// cell counts a warning as a pass, and marks what is undecided.
func cell(c Counts, ran bool) string {
	if !ran {
		return Absent
	}
	text := fmt.Sprintf("%d/%d/%d", c.Passed+c.Warnings, c.Failed, c.NotRun)
	if n := c.Inconclusive + c.Errors; n > 0 {
		text += fmt.Sprintf(" +%d undecided", n)
	}
	return text
}

// measured renders the number of that name without repeating the name.
func measured(numbers []Number, name string) string {
	for _, n := range numbers {
		if n.Name == name {
			return strings.TrimPrefix(n.String(), name+" ")
		}
	}
	return Absent
}
