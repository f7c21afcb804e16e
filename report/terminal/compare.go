package terminal

import (
	"io"
	"strings"

	"github.com/mattn/go-runewidth"
	"github.com/revocheck/revocheck/report"
)

// WriteComparison renders the comparison for people: a row a run, its worst
// finding below it. A table wider than the terminal becomes a list.
func WriteComparison(w io.Writer, c report.Comparison, opts Options) error {
	s := newScreen(w, opts)
	cells := c.Table()
	widths := widthsOf(cells)
	if total := sum(widths); opts.Width >= least && total > opts.Width {
		s.comparisonList(cells, c.Rows())
	} else {
		s.comparisonTable(cells, c.Rows(), widths)
	}
	s.blank()
	s.entry(0, plain, "", "Each cell: "+report.Legend+".")
	return s.flush()
}

func (s *screen) comparisonTable(cells [][]string, rows []report.Row, widths []int) {
	s.entry(0, bold, tableLine(cells[0], widths), "")
	for i, row := range rows {
		s.entry(0, conclusionColour(row.Conclusion), tableLine(cells[i+1], widths), "")
		if row.Worst != "" {
			s.entry(2, plain, "", row.Finding())
		}
	}
}

func (s *screen) comparisonList(cells [][]string, rows []report.Row) {
	for i, row := range rows {
		s.entry(0, conclusionColour(row.Conclusion), cells[i+1][0], ": "+cells[i+1][1])
		for j := 2; j < len(cells[0]); j++ {
			if cells[i+1][j] != report.Absent {
				s.field(cells[0][j], cells[i+1][j])
			}
		}
		s.field("worst", row.Finding())
	}
}

func widthsOf(lines [][]string) []int {
	widths := make([]int, len(lines[0]))
	for _, line := range lines {
		for i, text := range line {
			widths[i] = max(widths[i], runewidth.StringWidth(report.Printable(text))+2)
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
		line.WriteString(pad(report.Printable(text), widths[i]))
	}
	return strings.TrimRight(line.String(), " ")
}
