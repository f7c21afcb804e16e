package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"
)

// legend explains a cell.
const legend = "passed/failed/not run; a warning counts as passed"

// absent stands where a run has nothing of that group or measure.
const absent = "-"

// WriteJSON renders the comparison as one JSON document.
func (c Comparison) WriteJSON(w io.Writer) error {
	return writeJSON(w, struct {
		Groups []string `json:"groups"`
		Rows   []Row    `json:"rows"`
	}{append([]string{}, c.Groups()...), c.Rows()})
}

// WriteTerminal renders the comparison for people: a row a run, its worst
// finding below it. A table wider than the terminal becomes a list.
func (c Comparison) WriteTerminal(w io.Writer, opts TerminalOptions) error {
	s := newScreen(w, opts)
	cells := c.cells()
	widths := widthsOf(cells)
	if total := sum(widths); opts.Width >= least && total > opts.Width {
		s.comparisonList(cells, c.Rows())
	} else {
		s.comparisonTable(cells, c.Rows(), widths)
	}
	s.blank()
	s.entry(0, plain, "", "Each cell: "+legend+".")
	return s.flush()
}

func (s *screen) comparisonTable(cells [][]string, rows []Row, widths []int) {
	s.entry(0, bold, tableLine(cells[0], widths), "")
	for i, row := range rows {
		s.entry(0, conclusionColour(row.Conclusion), tableLine(cells[i+1], widths), "")
		if row.Worst != "" {
			s.entry(2, plain, "", finding(row))
		}
	}
}

func (s *screen) comparisonList(cells [][]string, rows []Row) {
	for i, row := range rows {
		s.entry(0, conclusionColour(row.Conclusion), cells[i+1][0], ": "+cells[i+1][1])
		for j := 2; j < len(cells[0]); j++ {
			if cells[i+1][j] != absent {
				s.field(cells[0][j], cells[i+1][j])
			}
		}
		s.field("worst", finding(row))
	}
}

// finding names the worst finding and its scenario.
func finding(r Row) string {
	if r.Worst == "" {
		return ""
	}
	return r.Worst + " (" + r.WorstID + ")"
}

// cells lays out the head and the rows, without the findings.
func (c Comparison) cells() [][]string {
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

// cell counts a warning as a pass, and marks what is undecided.
func cell(c Counts, ran bool) string {
	if !ran {
		return absent
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
	return absent
}

func widthsOf(lines [][]string) []int {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, text := range line {
			widths[i] = max(widths[i], runewidth.StringWidth(printable(text))+2)
		}
	}
	return widths
}

func sum(widths []int) (total int) {
	for _, w := range widths {
		total += w
	}
	return total
}

func tableLine(cells []string, widths []int) string {
	var line strings.Builder
	for i, text := range cells {
		line.WriteString(pad(printable(text), widths[i]))
	}
	return strings.TrimRight(line.String(), " ")
}
