// Package markdown renders runs for the summary of a CI job and for the comments of
// a code review, and comparisons for documents.
package markdown

import (
	"io"
	"strings"

	"github.com/revocheck/revocheck/report"
)

// WriteComparison renders the comparison as two tables of GitHub Flavored Markdown:
// what one chooses by, and what came of each group of scenarios.
func WriteComparison(w io.Writer, c report.Comparison) error {
	var out strings.Builder
	writeTable(&out, c.Overview())
	out.WriteString("\n")
	cells := c.ByGroup()
	cells[0] = append(cells[0], "worst finding")
	for i, row := range c.Rows() {
		cells[i+1] = append(cells[i+1], row.Finding())
	}
	writeTable(&out, cells)
	out.WriteString("\nEach cell: " + report.Legend + ".\n")
	_, err := io.WriteString(w, out.String())
	return err
}

func writeTable(out *strings.Builder, cells [][]string) {
	writeHead(out, cells[0])
	for _, row := range cells[1:] {
		writeRow(out, row)
	}
}

// writeHead writes the names of the columns.
func writeHead(out *strings.Builder, names []string) {
	writeRow(out, names)
	out.WriteString("|" + strings.Repeat(" --- |", len(names)) + "\n")
}

func writeRow(out *strings.Builder, cells []string) {
	for _, c := range cells {
		out.WriteString("| " + escape(c) + " ")
	}
	out.WriteString("|\n")
}

// escape writes the text so that it means itself in a cell.
func escape(text string) string {
	var out strings.Builder
	for _, r := range report.Printable(text) {
		if strings.ContainsRune("\\`*_{}[]<>()#|~&!@$", r) {
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}
